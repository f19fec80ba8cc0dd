/// Adds cell formats to a styles part that differ from existing ones in their fill alone.
struct StyleMarking {
  private let bytes: [UInt8]
  private let prefix: String
  private var formats: [Range<Int>] = []
  private var formatsEnd: Int?
  private var fillCount = 0
  private var fillsEnd: Int?
  private var counts: [String: Range<Int>] = [:]
  private var fills: [Color] = []
  /// `fill` counts from the first new one; `nil` stands for no fill.
  private var added: [(base: Int, fill: Int?)] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var scanner = MarkupScanner(bytes)
    var prefix: String?
    while let token = scanner.next() {
      guard token.isStart else { continue }
      if prefix == nil {
        prefix = scanner.prefix(token)
        continue
      }
      let name = scanner.localName(token)
      guard name == "fills" || name == "cellXfs", token.kind == .start else {
        _ = scanner.skipElement(token)
        continue
      }
      if let count = scanner.attribute("count", of: token) { counts[name] = count.value }
      while let child = scanner.next() {
        if child.kind == .end {
          if name == "fills" {
            fillsEnd = child.range.lowerBound
          } else {
            formatsEnd = child.range.lowerBound
          }
          break
        }
        guard child.isStart else { continue }
        let end = scanner.skipElement(child)
        if name == "fills" { fillCount += 1 } else { formats.append(child.range.lowerBound..<end) }
      }
    }
    self.prefix = prefix ?? ""
  }

  /// The index of the format that is like another but filled, or without fill; `nil` if the part has no formats to go by.
  mutating func index(of style: Int, filled color: Color?) -> Int? {
    guard fillsEnd != nil, formatsEnd != nil, !formats.isEmpty else { return nil }
    let base = formats.indices.contains(style) ? style : 0
    if let color, !fills.contains(color) { fills.append(color) }
    let fill = color.flatMap { fills.firstIndex(of: $0) }
    if let known = added.firstIndex(where: { $0.base == base && $0.fill == fill }) {
      return formats.count + known
    }
    guard formats.count + added.count < ContentRules.maximumCellFormats else { return nil }
    added.append((base, fill))
    return formats.count + added.count - 1
  }

  var result: [UInt8] {
    guard let fillsEnd, let formatsEnd, !added.isEmpty else { return bytes }
    var patches = Patches()
    for color in fills {
      let value: String
      switch color {
      case .argb(let argb):
        value =
          "rgb=\"" + String(repeating: "0", count: max(0, 8 - String(argb, radix: 16).count))
          + String(argb, radix: 16, uppercase: true) + "\""
      case .theme(let theme, let tint): value = "theme=\"\(theme)\" tint=\"\(tint)\""
      case .indexed(let index): value = "indexed=\"\(index)\""
      case .automatic: value = "auto=\"1\""
      }
      patches.insert(
        "<\(prefix)fill><\(prefix)patternFill patternType=\"solid\"><\(prefix)fgColor \(value)/><\(prefix)bgColor indexed=\"64\"/></\(prefix)patternFill></\(prefix)fill>",
        at: fillsEnd)
    }
    for format in added {
      patches.replace(
        formatsEnd..<formatsEnd, with: filled(formats[format.base], format.fill.map { fillCount + $0 } ?? 0))
    }
    if let count = counts["fills"] { patches.replace(count, with: String(fillCount + fills.count)) }
    if let count = counts["cellXfs"] { patches.replace(count, with: String(formats.count + added.count)) }
    return patches.applied(to: bytes)
  }

  /// An `<xf>` with another fill.
  private func filled(_ range: Range<Int>, _ fill: Int) -> [UInt8] {
    let element = Array(bytes[range])
    var scanner = MarkupScanner(element)
    guard let tag = scanner.next() else { return element }
    var patches = Patches()
    for (name, value) in [("fillId", String(fill)), ("applyFill", "1")] {
      if let attribute = scanner.attribute(name, of: tag) {
        patches.replace(attribute.value, with: value)
      } else {
        patches.insert(" \(name)=\"\(value)\"", at: tag.name.upperBound)
      }
    }
    return patches.applied(to: element)
  }
}
