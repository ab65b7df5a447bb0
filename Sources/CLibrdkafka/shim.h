/* What Swift cannot call in librdkafka: variadic functions and the tagged
 * union of rd_kafka_produceva(). Everything else is called directly. */
#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <poll.h>

/* A NULL pointer is Kafka's NULL; a length of zero with any other pointer is
 * an empty value. */
typedef struct {
        const void *bytes;
        size_t count;
} ferry_bytes_t;

/* Produces by rd_kafka_produceva() from a stack array: the variadic
 * rd_kafka_producev() is out of Swift's reach, and by cached topic handle it
 * costs a third of what it costs by name.
 *
 * Headers go in as one list. RD_KAFKA_VTYPE_HEADER frees its list twice when
 * the call fails in 2.0.2 (librdkafka #4627). On failure the list stays with
 * the caller, here as in produceva.
 *
 * A timestamp of zero means now. */
static inline rd_kafka_resp_err_t
ferry_produce(rd_kafka_t *rk,
              rd_kafka_topic_t *topic,
              int32_t partition,
              ferry_bytes_t key,
              ferry_bytes_t value,
              int64_t timestamp,
              rd_kafka_headers_t *headers,
              void *opaque) {
        rd_kafka_vu_t vu[8];
        size_t n = 0;
        rd_kafka_error_t *error;
        rd_kafka_resp_err_t code;

        vu[n].vtype   = RD_KAFKA_VTYPE_RKT;
        vu[n++].u.rkt = topic;
        vu[n].vtype   = RD_KAFKA_VTYPE_PARTITION;
        vu[n++].u.i32 = partition;
        vu[n].vtype   = RD_KAFKA_VTYPE_MSGFLAGS;
        vu[n++].u.i   = RD_KAFKA_MSG_F_COPY;
        if (key.bytes) {
                vu[n].vtype        = RD_KAFKA_VTYPE_KEY;
                vu[n].u.mem.ptr    = (void *)key.bytes;
                vu[n++].u.mem.size = key.count;
        }
        if (value.bytes) {
                vu[n].vtype        = RD_KAFKA_VTYPE_VALUE;
                vu[n].u.mem.ptr    = (void *)value.bytes;
                vu[n++].u.mem.size = value.count;
        }
        if (timestamp) {
                vu[n].vtype   = RD_KAFKA_VTYPE_TIMESTAMP;
                vu[n++].u.i64 = timestamp;
        }
        if (headers) {
                vu[n].vtype       = RD_KAFKA_VTYPE_HEADERS;
                vu[n++].u.headers = headers;
        }
        if (opaque) {
                vu[n].vtype   = RD_KAFKA_VTYPE_OPAQUE;
                vu[n++].u.ptr = opaque;
        }

        error = rd_kafka_produceva(rk, vu, n);
        if (!error)
                return RD_KAFKA_RESP_ERR_NO_ERROR;
        code = rd_kafka_error_code(error);
        rd_kafka_error_destroy(error);
        return code;
}

/* One slow or failing answer of a mock broker. The library offers the
 * round-trip form as a variadic function only. */
static inline rd_kafka_resp_err_t
ferry_mock_push_request_error_rtt(rd_kafka_mock_cluster_t *cluster,
                                  int32_t broker,
                                  int16_t request,
                                  rd_kafka_resp_err_t error,
                                  int rtt_ms) {
        return rd_kafka_mock_broker_push_request_error_rtts(
            cluster, broker, request, 1, error, rtt_ms);
}

/* Sleeps on the calling thread. */
static inline void ferry_pause(int milliseconds) {
        poll(NULL, 0, milliseconds);
}
