import Foundation
import Hummingbird

extension Response {
    /// A body with sorted keys, so that the same answer has the same bytes.
    init(json value: some Encodable, status: HTTPResponse.Status = .ok, contentType: String = "application/json") throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = ByteBuffer(bytes: try encoder.encode(value))
        self.init(
            status: status,
            headers: [.contentType: contentType, .contentLength: "\(body.readableBytes)"],
            body: ResponseBody(byteBuffer: body)
        )
    }
}
