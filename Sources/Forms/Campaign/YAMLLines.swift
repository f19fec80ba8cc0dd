import Foundation

/// The text of a YAML file, changed entry by entry: whatever a change is not about stays as it is, comments and order too.
///
/// Every change is read again and held against what it was meant to be; one that cannot be made line by line writes the entry
/// of the topmost mapping anew.
struct YAMLLines {
  private(set) var lines: [String]
  private(set) var root: YAMLNode
  private let file: String

  var text: String { lines.joined(separator: "\n") }

  /// - Throws: ``FormsError`` of code `campaign` for what is no YAML mapping.
  init(_ text: String, file: String) throws {
    self.file = file
    let plain = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    lines = plain.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    root = try Self.read(lines, file: file)
  }

  private static func read(_ lines: [String], file: String) throws -> YAMLNode {
    let isEmpty = lines.allSatisfy { line in
      let plain = line.drop { $0 == " " || $0 == "\t" }
      return plain.isEmpty || plain.hasPrefix("#")
    }
    if isEmpty { return YAMLNode(.mapping([]), file: file, line: 1) }
    let root = try YAMLReader.read(lines.joined(separator: "\n"), file: file)
    _ = try root.mapping()
    return root
  }

  /// What stands at a path of keys.
  subscript(path: [String]) -> YAMLNode? {
    path.reduce(root) { node, key in node?.entries.first { $0.key == key }?.value }
  }

  /// The keys of the mapping at a path, in the file's order.
  func keys(at path: [String]) -> [String] { self[path]?.entries.map(\.key) ?? [] }

  /// The texts of a list, or the one text that stands in its place.
  func texts(at path: [String]) -> [String] {
    guard let node = self[path] else { return [] }
    if case .scalar(let text, _) = node.content { return [text] }
    return node.items.compactMap { if case .scalar(let text, _) = $0.content { text } else { nil } }
  }

  /// The items of a list by their names: texts, and mappings with a `name`.
  func names(at path: [String]) -> [String] {
    guard let node = self[path] else { return [] }
    return (node.isSequence ? node.items : [node]).compactMap(\.name)
  }

  // Changes.

  /// Sets a value, with the mappings around it that are not there yet.
  mutating func set(_ path: [String], to value: YAMLText) throws {
    guard !path.isEmpty else { return }
    let wanted = YAMLText(root).setting(path, to: value)
    try take(wanted, path, [setting(path, in: wanted)])
  }

  /// Takes an entry out, and the mappings that nothing is left of.
  mutating func remove(_ path: [String]) throws {
    guard self[path] != nil else { return }
    var path = path
    while path.count > 1, self[path.dropLast()]?.entries.count == 1 { path.removeLast() }
    let wanted = YAMLText(root).removing(path)
    try take(wanted, path, [removing(path, in: wanted)])
  }

  /// Adds an item to a list.
  mutating func append(_ item: YAMLText, to path: [String]) throws {
    guard let node = self[path], let last = node.items.last else {
      // One item may stand there without a list.
      let only = self[path].flatMap { $0.isSequence || $0.isNull ? nil : YAMLText($0) }
      return try set(path, to: .list([only, item].compactMap(\.self)))
    }
    let wanted = YAMLText(root).setting(path, to: .list(node.items.map { YAMLText($0) } + [item]))
    var attempts: [[String]?] = []
    if let place = entry(path), isBlockList(node), lines.indices.contains(last.line - 1) {
      let indent = Self.indent(lines[node.items[0].line - 1])
      var next = lines
      next.insert(contentsOf: YAMLText.list([item]).lines(indent: indent), at: place.range.upperBound)
      attempts.append(next)
    }
    try take(wanted, path, attempts + [setting(path, in: wanted)])
  }

  /// Takes the items of a list out that are a text, or mappings with that name; a list that nothing is left of goes too.
  mutating func remove(item text: String, from path: [String]) throws {
    guard let node = self[path] else { return }
    let items = node.isSequence ? node.items : [node]
    let left = items.indices.filter { !items[$0].isCalled(text) }
    guard !left.isEmpty else { return try remove(path) }
    guard left.count < items.count else { return }
    let wanted = YAMLText(root).setting(path, to: .list(left.map { YAMLText(items[$0]) }))
    var attempts: [[String]?] = []
    if let place = entry(path), isBlockList(node) {
      var next = lines
      for index in items.indices.reversed() where !left.contains(index) {
        let start = items[index].line - 1
        let end = index + 1 < items.count ? items[index + 1].line - 1 : place.range.upperBound
        if start < end, next.indices.contains(start), end <= next.count {
          next.removeSubrange(start..<trimmed(start..<end).upperBound)
        }
      }
      attempts.append(next)
    }
    try take(wanted, path, attempts + [setting(path, in: wanted)])
  }

  /// Gives the items of a list that have a name another one: texts, and mappings with that name.
  mutating func rename(item text: String, in path: [String], to new: String) throws {
    guard let node = self[path] else { return }
    let items = node.isSequence ? node.items : [node]
    let named = items.map { item -> YAMLText in
      guard item.isCalled(text) else { return YAMLText(item) }
      return item.isMapping ? YAMLText(item).setting(["name"], to: .text(new)) : .text(new)
    }
    let wanted = YAMLText(root).setting(path, to: node.isSequence ? .list(named) : named[0])
    // In its place, if the name stands there once.
    let attempts = items.filter { $0.isCalled(text) }.map { item -> [String]? in
      var next = lines
      for line in (item.line - 1)...(item.line + 2) where next.indices.contains(line) {
        guard let range = next[line].range(of: text) else { continue }
        next[line].replaceSubrange(range, with: new)
        return next
      }
      return nil
    }
    try take(wanted, path, attempts + [setting(path, in: wanted)])
  }

  /// Gives an entry another key.
  mutating func rename(_ path: [String], to key: String) throws {
    guard let node = self[path], let last = path.last, last != key else { return }
    let value = YAMLText(node)
    try set(path.dropLast() + [key], to: value)
    try remove(path.dropLast() + [last])
  }

  /// Takes the first attempt that reads as what is wanted.
  private mutating func take(_ wanted: YAMLText, _ path: [String], _ attempts: [[String]?]) throws {
    let canonical = wanted.sorted.lines()
    for attempt in attempts + [rewriting(path, in: wanted)] {
      guard let attempt, let read = try? Self.read(attempt, file: file),
        YAMLText(read).sorted.lines() == canonical
      else { continue }
      (lines, root) = (attempt, read)
      return
    }
    throw FormsError(
      .campaign,
      LocalizedText(
        zh: "文件里这一处的写法不能在表格里改，请直接改文本",
        en: "this place of the file is written in a way that the table cannot change; change the text"),
      file: file, line: entry(path.isEmpty ? [] : [path[0]]).map { $0.range.lowerBound + 1 })
  }

  // Places.

  private struct Place {
    /// Without blank lines and comments behind it.
    var range: Range<Int>
    var indent: Int
    var node: YAMLNode
  }

  /// The lines of an entry all of whose parents are written in blocks.
  private func entry(_ path: [String]) -> Place? {
    var place = Place(range: 0..<lines.count, indent: 0, node: root)
    for (depth, key) in path.enumerated() {
      if depth > 0, !isBlock(place) { return nil }
      let entries = place.node.entries
      guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
      let start = entries[index].keyLine - 1
      let end = index + 1 < entries.count ? entries[index + 1].keyLine - 1 : place.range.upperBound
      guard start < end, lines.indices.contains(start), end <= lines.count else { return nil }
      place = Place(
        range: trimmed(start..<end), indent: Self.indent(lines[start]), node: entries[index].value)
    }
    return place
  }

  /// Whether an entry's value is a mapping of lines of its own.
  private func isBlock(_ place: Place) -> Bool {
    guard let first = place.node.entries.first, lines.indices.contains(first.keyLine - 1) else {
      return false
    }
    let line = lines[first.keyLine - 1]
    return first.keyLine - 1 > place.range.lowerBound && Self.indent(line) > place.indent
      && line.drop { $0 == " " }.first != "{"
  }

  private func isBlockList(_ node: YAMLNode) -> Bool {
    node.items.allSatisfy { item in
      lines.indices.contains(item.line - 1) && lines[item.line - 1].drop { $0 == " " }.hasPrefix("- ")
    } && Set(node.items.map(\.line)).count == node.items.count
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end - 1 > range.lowerBound, Self.isSilent(lines[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }

  private static func isSilent(_ line: String) -> Bool {
    let plain = line.drop { $0 == " " || $0 == "\t" }
    return plain.isEmpty || plain.hasPrefix("#")
  }

  private static func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  // Ways to write.

  private func setting(_ path: [String], in wanted: YAMLText) -> [String]? {
    // The nearest entry that has lines of its own.
    for depth in stride(from: path.count, through: 1, by: -1) {
      let prefix = Array(path.prefix(depth))
      guard let place = entry(prefix) else { continue }
      if depth < path.count, isBlock(place), let first = place.node.entries.first {
        // The first key that is not there is written below those that are.
        guard let value = wanted[Array(path.prefix(depth + 1))] else { return nil }
        return inserting(
          YAMLText.pairs([(path[depth], value)]).lines(indent: Self.indent(lines[first.keyLine - 1])),
          at: place.range.upperBound)
      }
      return replacing(place, key: prefix[depth - 1], by: wanted[prefix])
    }
    guard let key = path.first, let value = wanted[[key]] else { return nil }
    return addingTop(YAMLText.pairs([(key, value)]).lines(), key: key)
  }

  private func removing(_ path: [String], in wanted: YAMLText) -> [String]? {
    if let place = entry(path) {
      var next = lines
      next.removeSubrange(place.range)
      return next
    }
    for depth in stride(from: path.count - 1, through: 1, by: -1) {
      let prefix = Array(path.prefix(depth))
      if let place = entry(prefix) { return replacing(place, key: prefix[depth - 1], by: wanted[prefix]) }
    }
    return nil
  }

  /// The whole entry of the topmost mapping.
  private func rewriting(_ path: [String], in wanted: YAMLText) -> [String]? {
    guard let key = path.first, let place = entry([key]) else { return nil }
    guard let value = wanted[[key]] else { return nil }
    var next = lines
    next.replaceSubrange(place.range, with: YAMLText.pairs([(key, value)]).lines())
    return next
  }

  private func replacing(_ place: Place, key: String, by value: YAMLText?) -> [String]? {
    guard let value else { return nil }
    var new = YAMLText.pairs([(key, value)]).lines(indent: place.indent)
    // What somebody noted behind the value stays.
    let old = lines[place.range.lowerBound]
    if place.range.count == 1, new.count == 1, !old.contains(where: { "\"'".contains($0) }),
      let mark = old.range(of: " #")
    {
      let before = old[..<mark.lowerBound]
      let space = before.reversed().prefix { $0 == " " }.count
      new[0] += String(repeating: " ", count: space) + old[mark.lowerBound...]
    }
    var next = lines
    next.replaceSubrange(place.range, with: new)
    return next
  }

  private func inserting(_ new: [String], at index: Int) -> [String] {
    var next = lines
    next.insert(contentsOf: new, at: index)
    return next
  }

  /// A new key of the topmost mapping stands below the comment that shows how it is written, else at the end.
  private func addingTop(_ new: [String], key: String) -> [String] {
    if var index = lines.firstIndex(where: { $0.hasPrefix("# \(key):") }) {
      index += 1
      while index < lines.count, lines[index].hasPrefix("#  ") { index += 1 }
      return inserting(new, at: index)
    }
    var end = lines.count
    while end > 0, lines[end - 1].allSatisfy({ $0 == " " }) { end -= 1 }
    return Array(lines[..<end]) + (end > 0 ? [""] : []) + new + [""]
  }
}

extension YAMLNode {
  fileprivate var entries: [YAMLEntry] { if case .mapping(let entries) = content { entries } else { [] } }
  fileprivate var items: [YAMLNode] { if case .sequence(let items) = content { items } else { [] } }

  /// A text, or a mapping's `name`.
  fileprivate var name: String? {
    switch content {
    case .scalar(let text, _): text
    case .mapping(let entries): entries.first { $0.key == "name" }?.value.name
    default: nil
    }
  }

  fileprivate func isCalled(_ text: String) -> Bool { name == text }
}

extension YAMLText {
  subscript(path: [String]) -> YAMLText? {
    path.reduce(self) { value, key in value?.pairs?.first { $0.key == key }?.value }
  }

  /// The same, whatever the order in which keys are written.
  fileprivate var sorted: YAMLText {
    switch self {
    case .map(let entries):
      .map(entries.map { Entry($0.key, $0.value.sorted) }.sorted { $0.key < $1.key })
    case .list(let items): .list(items.map(\.sorted))
    case .text, .plain: self
    }
  }

  /// With another value at a path; mappings that are not there are made, the last of their kind.
  fileprivate func setting(_ path: [String], to value: YAMLText) -> YAMLText {
    guard let key = path.first else { return value }
    var pairs = pairs ?? []
    let rest = Array(path.dropFirst())
    if let index = pairs.firstIndex(where: { $0.key == key }) {
      pairs[index].value = pairs[index].value.setting(rest, to: value)
    } else {
      pairs.append((key, YAMLText.map([]).setting(rest, to: value)))
    }
    return .pairs(pairs)
  }

  fileprivate func removing(_ path: [String]) -> YAMLText {
    guard let key = path.first, var pairs else { return self }
    guard let index = pairs.firstIndex(where: { $0.key == key }) else { return self }
    if path.count == 1 {
      pairs.remove(at: index)
    } else {
      pairs[index].value = pairs[index].value.removing(Array(path.dropFirst()))
    }
    return .pairs(pairs)
  }
}
