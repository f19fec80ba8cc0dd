/// Moves what lies over the cells of a sheet: pictures, charts, shapes, controls, the boxes of comments.
struct SheetAnchors {
  private let grid: GridChange
  private var indexName: String { grid.axis == .rows ? "row" : "col" }

  init(_ grid: GridChange) { self.grid = grid }

  /// One corner, `<from>` or `<to>`, whose row and column count from 0.
  ///
  /// - Parameter distance: By how many rows or columns it moves whatever lies there; `nil` to look.
  func corner(
    _ token: MarkupScanner.Token, _ scanner: inout MarkupScanner, _ splice: inout PartSplice,
    distance: Int? = nil
  ) {
    guard token.kind == .start else { return }
    var isGone = false
    while let child = scanner.next(), child.kind != .end {
      guard child.isStart else { continue }
      let name = scanner.localName(child)
      if name == indexName, let text = scanner.text(), let index = Int(text.text.trimmingXMLSpace),
        0..<grid.maximum ~= index
      {
        let place = distance.map { min(max(index + 1 + $0, 1), grid.maximum) } ?? grid.place(index + 1)
        isGone = place == nil
        let new = (place ?? (grid.count < 0 ? grid.start : grid.maximum)) - 1
        if new != index { splice.replace(text.range, with: String(new)) }
      } else if isGone, name == indexName + "Off", let text = scanner.text() {
        splice.replace(text.range, with: "0")
      }
      _ = scanner.skipElement(child)
    }
  }

  /// The part that a sheet's drawings are in.
  func applied(toDrawing bytes: [UInt8]) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var splice = PartSplice(bytes)
    var behaviour = ""
    var distance = 0
    while let token = scanner.next() {
      guard token.isStart else { continue }
      switch scanner.localName(token) {
      case "twoCellAnchor": behaviour = scanner.value("editAs", of: token) ?? "twoCell"
      case "oneCellAnchor": behaviour = "oneCell"
      case "absoluteAnchor": behaviour = "absolute"
      case "from" where behaviour != "absolute" && !behaviour.isEmpty:
        distance = self.distance(from: scanner, token)
        corner(token, &scanner, &splice)
      case "to" where behaviour == "twoCell": corner(token, &scanner, &splice)
      case "to" where behaviour == "oneCell": corner(token, &scanner, &splice, distance: distance)
      case "clientData": behaviour = ""
      default: continue
      }
    }
    return splice.finished()
  }

  private func distance(from scanner: MarkupScanner, _ token: MarkupScanner.Token) -> Int {
    var ahead = scanner
    let end = ahead.skipElement(token)
    guard let index = scanner.text(of: indexName, before: end).flatMap({ Int($0.trimmingXMLSpace) }),
      0..<grid.maximum ~= index
    else { return 0 }
    return (grid.place(index + 1) ?? (grid.count < 0 ? grid.start : grid.maximum)) - 1 - index
  }

  /// Boxes of comments and old controls, in VML ([MS-OI29500] 2.1).
  func applied(toVML bytes: [UInt8]) -> [UInt8] {
    var scanner = MarkupScanner(bytes)
    var splice = PartSplice(bytes)
    while let token = scanner.next() {
      guard token.kind == .start, scanner.localName(token) == "shape" else { continue }
      var ahead = scanner
      let end = ahead.skipElement(token)
      let row = scanner.text(of: "Row", before: end).flatMap { Int($0.trimmingXMLSpace) }
      let column = scanner.text(of: "Column", before: end).flatMap { Int($0.trimmingXMLSpace) }
      let given = grid.axis == .rows ? row : column
      let known = given.flatMap { 0..<grid.maximum ~= $0 ? $0 : nil }
      let place = known.flatMap { grid.place($0 + 1) }
      if known != nil, place == nil {
        splice.replace(token.range.lowerBound..<scanner.skipElement(token), with: "")
        continue
      }
      let distance = known.flatMap { known in place.map { $0 - 1 - known } }
      while scanner.position < end, let child = scanner.next() {
        guard child.kind == .start, let text = scanner.text() else { continue }
        switch scanner.localName(child) {
        case "Row" where grid.axis == .rows, "Column" where grid.axis == .columns:
          if let place, let known, place - 1 != known { splice.replace(text.range, with: String(place - 1)) }
        case "Anchor":
          if let new = anchor(text.text, distance) { splice.replace(text.range, with: new) }
        default: continue
        }
      }
    }
    return splice.finished()
  }

  /// `left, offset, top, offset, right, offset, bottom, offset`.
  private func anchor(_ text: String, _ distance: Int?) -> String? {
    var numbers = text.split(separator: ",").compactMap { Int(String($0).trimmingXMLSpace) }
    guard numbers.count == 8 else { return nil }
    let old = numbers
    for place in grid.axis == .rows ? [2, 6] : [0, 4] where 0..<grid.maximum ~= numbers[place] {
      if let distance {
        numbers[place] = min(max(numbers[place] + distance, 0), grid.maximum - 1)
      } else {
        numbers[place] = (grid.place(numbers[place] + 1) ?? grid.start) - 1
      }
    }
    return numbers == old ? nil : numbers.map(String.init).joined(separator: ", ")
  }
}
