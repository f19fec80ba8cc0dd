/// The package that a workbook was opened from, and what has been read of it so far.
final class WorkbookSource {
  /// A sheet as the workbook part lists it.
  struct Sheet {
    /// The `r:id` in the workbook part.
    var relationship: String
    /// The sheet's own number, which nothing here depends on.
    var id: Int?
    /// `nil` if the relationship leads nowhere.
    var part: String?
  }

  let package: Package
  /// The name of the workbook part, wherever it lies.
  let part: String
  let relationships: Relationships
  var sheets: [Sheet] = []
  /// The defined names that belong to a sheet's print set-up and filter, by position of the sheet.
  var sheetNames: [Int: [DefinedName]] = [:]
  private var loadedStrings: SharedStrings?
  private var loadedStyles: StyleSheet?

  init(package: Package) throws {
    self.package = package
    part = try Self.workbookPart(of: package)
    relationships = try package.relationships(of: part)
  }

  /// The shared strings, read when first asked for; none if the workbook has no such part.
  func sharedStrings() throws -> SharedStrings {
    if let loadedStrings { return loadedStrings }
    var strings = SharedStrings()
    if let part = try package.part(ofKind: "sharedStrings", from: part), package.contains(part) {
      strings = try SharedStrings.read(package, part: part)
    }
    loadedStrings = strings
    return strings
  }

  /// The styles, read when first asked for; none if the workbook has no such part.
  func styleSheet() throws -> StyleSheet {
    if let loadedStyles { return loadedStyles }
    var styles = StyleSheet()
    if let part = try package.part(ofKind: "styles", from: part), package.contains(part) {
      styles = try StyleReader.read(package, part: part)
    }
    loadedStyles = styles
    return styles
  }

  /// The part of a sheet.
  ///
  /// - Throws: ``XLSXError`` if the workbook does not say where it is.
  func sheetPart(at position: Int, name: String) throws -> String {
    guard sheets.indices.contains(position), let part = sheets[position].part else {
      throw XLSXError(
        .missingPart, "The workbook does not say where this sheet is stored; save it again in Excel or WPS.",
        sheet: name)
    }
    return part
  }

  /// The main part: where the package's `officeDocument` relationship leads, or, in a package without one, the part that
  /// has a workbook's content type.
  private static func workbookPart(of package: Package) throws -> String {
    let types = try package.contentTypes()
    let related = try package.part(ofKind: "officeDocument", from: "/")
    if let related, package.contains(related) {
      let type = types[related] ?? ""
      if type.contains("sheet.binary") {
        throw XLSXError(
          .notASpreadsheet, "The file is a binary workbook (.xlsb); save it as .xlsx in Excel.", part: related
        )
      }
      if type.contains("wordprocessingml") || type.contains("presentationml") || type.contains("visio") {
        throw XLSXError(
          .notASpreadsheet, "The file is a document of another Office program, not a workbook.", part: related
        )
      }
      return related
    }
    if let part = types.overriddenParts.first(where: { types[$0]?.hasSuffix("sheet.main+xml") == true }),
      package.contains(part)
    {
      return part.hasPrefix("/") ? part : "/" + part
    }
    if package.contains("/mimetype"), package.contains("/content.xml") {
      throw XLSXError(.notASpreadsheet, "The file is an OpenDocument file (.ods); save it as .xlsx.")
    }
    if related != nil {
      throw XLSXError(
        .missingPart, "The file lacks its workbook; ask for it to be sent again.", part: related)
    }
    throw XLSXError(.notASpreadsheet, "The file is a zip archive without a workbook inside.")
  }
}
