import Foundation

/// Calls that report failure through `errno`, made again when a signal interrupts them.
enum SystemCall {
    /// - Parameter tolerated: a failure that is as good as success; the result is -1 then.
    @discardableResult
    static func run<Result: SignedInteger>(
        _ operation: String, _ file: String, tolerating tolerated: Int32? = nil, _ body: () -> Result
    ) throws(LogError) -> Result {
        while true {
            let result = body()
            if result != -1 { return result }
            let code = errno
            if code == tolerated { return result }
            if code != EINTR { throw .system(operation: operation, file: file, errno: code) }
        }
    }

    static func message(of code: Int32) -> String {
        String(cString: strerror(code))
    }
}
