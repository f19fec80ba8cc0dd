/// Reads the pictures of a sheet's drawing (ECMA-376 Part 1, 20.5). Shapes, charts and pictures of other formats stay in
/// the file and are not modelled.
struct DrawingReader {
  /// English Metric Units of a point.
  private static let unitsPerPoint = 12_700.0

  private let surroundings: SheetSurroundings

  init(_ surroundings: SheetSurroundings) { self.surroundings = surroundings }

  func pictures() throws -> [Picture] {
    guard let part = surroundings.existingPart(ofKind: "drawing") else { return [] }
    let package = surroundings.source.package
    let relationships = try package.relationships(of: part)
    var pictures: [Picture] = []
    try package.walk(part) { _, path in
      path.isEmpty ? .enter : .collect
    } collected: { anchor, _ in
      guard let element = anchor.child("pic"), let blip = element.child("blipFill")?.child("blip"),
        let id = blip["embed", .officeRelationships], let relationship = relationships[id],
        let image = package.target(of: relationship, from: part), package.contains(image)
      else { return }
      let data = try package.bytes(of: image)
      guard let format = Self.format(of: data) else { return }
      let size = element.child("spPr")?.child("xfrm")?.child("ext") ?? anchor.child("ext")
      pictures.append(
        Picture(
          data, format: format, at: Self.corner(anchor.child("from")),
          width: (size?.number("cx") ?? 0) / Self.unitsPerPoint,
          height: (size?.number("cy") ?? 0) / Self.unitsPerPoint,
          description: element.child("nvPicPr")?.child("cNvPr")?["descr"] ?? ""))
    }
    return pictures
  }

  /// The cell of an anchor's corner, which counts from 0; A1 for a picture that is anchored to no cell.
  private static func corner(_ element: XMLElement?) -> CellReference {
    func number(_ name: String) -> Int {
      (element?.child(name)?.text.trimmingXMLSpace).flatMap { Int($0) } ?? 0
    }
    return CellReference(
      row: max(0, min(number("row"), CellReference.maximumRow - 1)) + 1,
      column: max(0, min(number("col"), CellReference.maximumColumn - 1)) + 1)
  }

  private static func format(of data: [UInt8]) -> Picture.Format? {
    if data.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return .png }
    return data.starts(with: [0xFF, 0xD8, 0xFF]) ? .jpeg : nil
  }
}
