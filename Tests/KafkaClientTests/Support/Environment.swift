import Foundation

/// Numbers that make a test longer than the suite's share of it, or repeat a run that failed.
enum Environment {
    static func number<N: LosslessStringConvertible>(_ name: String) -> N? {
        ProcessInfo.processInfo.environment[name].flatMap(N.init)
    }
}
