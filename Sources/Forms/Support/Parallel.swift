import Dispatch
import Foundation

/// Work that needs no order, on all cores.
enum Parallel {
  static var cores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// Works on the elements in chunks, and takes the results in the order of the chunks.
  static func chunks<Element: Sendable, Result: Sendable>(
    of elements: ArraySlice<Element>, smallest: Int = 64, _ body: @Sendable (ArraySlice<Element>) -> Result,
    take: (Result) -> Void
  ) {
    let count = min(cores, elements.count / smallest)
    guard count > 1 else {
      if !elements.isEmpty { take(body(elements)) }
      return
    }
    let results = Results<Result>(count)
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let first = elements.startIndex
      let result = body(
        elements[(first + elements.count * index / count)..<(first + elements.count * (index + 1) / count)])
      results.set(index, result)
    }
    for case let result? in results.all { take(result) }
  }

  private final class Results<Result: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var all: [Result?]

    init(_ count: Int) { all = Array(repeating: nil, count: count) }

    func set(_ index: Int, _ result: Result) { lock.withLock { all[index] = result } }
  }
}
