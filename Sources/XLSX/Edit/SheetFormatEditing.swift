/// Changes what a sheet part says about all rows and columns: the sizes of those that have none of their own, and how deep
/// the outline is, for which Excel leaves room beside the cells (ECMA-376 Part 1, 18.3.1.81).
struct SheetFormatEditing {
  /// A size before and after a change.
  struct Size: Equatable {
    var old: Double?
    var new: Double?

    var isChanged: Bool { old != new }
  }

  var rowHeight = Size()
  var columnWidth = Size()
  /// The deepest levels of what changed; there is never made room for fewer than before.
  var rowLevels = 0
  var columnLevels = 0

  var isEmpty: Bool {
    !rowHeight.isChanged && !columnWidth.isChanged && rowLevels <= 0 && columnLevels <= 0
  }

  func applying(to bytes: [UInt8]) -> [UInt8] {
    if isEmpty { return bytes }
    let following = Set(SheetChildren.order.drop { $0 != "sheetFormatPr" }.dropFirst())
    var scanner = MarkupScanner(bytes)
    var patches = Patches()
    var prefix: String?
    while let token = scanner.next() {
      guard token.isStart else { continue }
      guard let known = prefix else {
        prefix = scanner.prefix(token)
        continue
      }
      let name = scanner.localName(token)
      if name == "sheetFormatPr" {
        set(token, scanner, &patches)
        break
      }
      if following.contains(name) {
        var values = values { _ in 0 }
        // The schema wants a height.
        if !rowHeight.isChanged { values.insert(("defaultRowHeight", Self.text(nil)), at: 0) }
        let attributes = values.compactMap { name, value in value.map { " \(name)=\"\($0)\"" } }.joined()
        patches.insert("<\(known)sheetFormatPr\(attributes)/>", at: token.range.lowerBound)
        break
      }
      _ = scanner.skipElement(token)
    }
    return patches.applied(to: bytes)
  }

  private func set(_ tag: MarkupScanner.Token, _ scanner: MarkupScanner, _ patches: inout Patches) {
    let end = scanner.attributes(tag).last?.range.upperBound ?? tag.name.upperBound
    let values = values { name in scanner.value(name, of: tag).flatMap { Int($0.trimmingXMLSpace) } ?? 0 }
    for (name, value) in values {
      if let attribute = scanner.attribute(name, of: tag) {
        if let value {
          patches.replace(attribute.value, with: value)
        } else {
          patches.replace(attribute.range, with: "")
        }
      } else if let value {
        patches.insert(" \(name)=\"\(value)\"", at: end)
      }
    }
  }

  /// The attributes that change; `nil` takes one away. The closure gives the levels that an attribute has.
  private func values(_ level: (String) -> Int) -> [(name: String, value: String?)] {
    var values: [(String, String?)] = []
    if columnWidth.isChanged { values.append(("defaultColWidth", columnWidth.new.map { Self.text($0) })) }
    if rowHeight.isChanged {
      values.append(("defaultRowHeight", Self.text(rowHeight.new)))
      values.append(("customHeight", rowHeight.new == nil ? nil : "1"))
    }
    for (name, wanted) in [("outlineLevelRow", rowLevels), ("outlineLevelCol", columnLevels)]
    where wanted > 0 && level(name) < min(wanted, 7) {
      values.append((name, String(min(wanted, 7))))
    }
    return values
  }

  private static func text(_ number: Double?) -> String {
    var text = ByteBuffer()
    text.append(number: number ?? SheetMetrics.defaultRowHeight)
    return String(decoding: text.array(), as: UTF8.self)
  }
}
