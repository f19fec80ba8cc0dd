/// Streams a part: asked at each element what to do with it, it walks in, walks past, or collects the element whole.
///
///     try package.walk(part) { element, path in
///       path.count < 2 ? .enter : .collect
///     } collected: { element, path in … }
///
/// `mc:AlternateContent` is seen through: its fallback stands in its place, since this library understands none of the
/// extensions that its choices ask for (ECMA-376 Part 3, 7.5).
final class XMLWalker: XMLHandler {
  enum Choice {
    case enter, collect, skip
  }

  /// Asked for each element, given without children, and the names of the entered elements around it.
  typealias Visit = (_ element: XMLElement, _ path: [String]) throws -> Choice
  /// Given each collected element.
  typealias Collected = (_ element: XMLElement, _ path: [String]) throws -> Void

  /// Elements and attributes that one collected element may have: a guard for memory, far above what Excel writes.
  private static let largestRecord = 1 << 20

  private enum Level {
    case entered, transparent, skipped
    case collected(XMLElement)
  }

  private let part: String
  private let visit: Visit
  private let collected: Collected
  private var levels: [Level] = []
  private var path: [String] = []
  private var recordSize = 0

  /// How many elements are open.
  var depth: Int { levels.count }

  init(part: String, visit: @escaping Visit, collected: @escaping Collected) {
    self.part = part
    self.visit = visit
    self.collected = collected
  }

  func start(_ start: XMLStart) throws {
    if case .skipped = levels.last {
      levels.append(.skipped)
      return
    }
    if start.namespace == .markupCompatibility {
      levels.append(start.name == "Choice" ? .skipped : .transparent)
      return
    }
    let element = XMLElement(start)
    if isCollecting {
      recordSize += 1 + element.attributes.count
      guard recordSize <= Self.largestRecord else {
        throw XLSXError(
          .limitExceeded, "An element holds more than \(Self.largestRecord) others.", part: part)
      }
      levels.append(.collected(element))
      return
    }
    switch try visit(element, path) {
    case .enter:
      levels.append(.entered)
      path.append(element.name)
    case .collect:
      recordSize = 0
      levels.append(.collected(element))
    case .skip:
      levels.append(.skipped)
    }
  }

  func end() throws {
    switch levels.popLast() {
    case .entered: path.removeLast()
    case .collected(let element): try close(element)
    case .transparent, .skipped, nil: break
    }
  }

  func text(_ bytes: XMLBytes) throws {
    guard case .collected(var element) = levels.last else { return }
    // Taken out while it changes, so that its text is not copied for every piece.
    levels[levels.count - 1] = .skipped
    element.text.append(String(decoding: bytes, as: UTF8.self))
    levels[levels.count - 1] = .collected(element)
  }

  private var isCollecting: Bool {
    for level in levels.reversed() {
      switch level {
      case .collected: return true
      case .transparent: continue
      case .entered, .skipped: return false
      }
    }
    return false
  }

  private func close(_ element: XMLElement) throws {
    for index in levels.indices.reversed() {
      switch levels[index] {
      case .collected(var parent):
        levels[index] = .skipped
        parent.children.append(element)
        levels[index] = .collected(parent)
        return
      case .transparent: continue
      case .entered, .skipped: return try collected(element, path)
      }
    }
    try collected(element, path)
  }
}
