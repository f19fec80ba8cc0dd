import Foundation

/// Why a workbook could not be read or written: what happened, where, and how to mend it.
///
/// ``code`` is for programs, ``message`` for people. The code is an open list, so that a new kind of failure breaks no
/// caller's `switch`.
public struct XLSXError: Error, Hashable, Sendable {
  /// What kind of error it is; more may come with later versions.
  public struct Code: Hashable, Sendable, RawRepresentable {
    /// The code as text.
    public let rawValue: String
    /// A code by its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file cannot be opened, read, created or replaced.
    public static let fileAccess = Code(rawValue: "fileAccess")
    /// No bytes at all.
    public static let emptyFile = Code(rawValue: "emptyFile")
    /// Not a zip archive, or no spreadsheet inside.
    public static let notASpreadsheet = Code(rawValue: "notASpreadsheet")
    /// Encrypted with a password, and none was given.
    public static let encrypted = Code(rawValue: "encrypted")
    /// Encrypted with another password than the one that was given.
    public static let wrongPassword = Code(rawValue: "wrongPassword")
    /// Encrypted in a way that this library does not know, or that would take too long.
    public static let unsupportedEncryption = Code(rawValue: "unsupportedEncryption")
    /// The old binary format of Excel 97–2003 (or a WPS .et).
    public static let legacyFormat = Code(rawValue: "legacyFormat")
    /// The archive or a part of it is cut short or its checksum is wrong.
    public static let damagedArchive = Code(rawValue: "damagedArchive")
    /// A part that is needed is not there.
    public static let missingPart = Code(rawValue: "missingPart")
    /// A part's XML is not well-formed, or not what the part must hold.
    public static let malformedPart = Code(rawValue: "malformedPart")
    /// A limit of ``Limits`` was passed.
    public static let limitExceeded = Code(rawValue: "limitExceeded")
    /// There is no sheet of that name or position.
    public static let noSuchSheet = Code(rawValue: "noSuchSheet")
    /// Something that Excel would refuse or "repair" was to be written.
    public static let invalidContent = Code(rawValue: "invalidContent")
    /// An opened workbook was changed in a way that cannot be saved without losing what else its file holds.
    public static let unsupportedChange = Code(rawValue: "unsupportedChange")
  }

  /// What kind of error it is.
  public var code: Code
  /// What happened and what to do about it, in English, one sentence or two.
  public var message: String
  /// The file, as the caller named it; `nil` for a workbook in memory.
  public var file: String?
  /// The part of the package, `/xl/worksheets/sheet1.xml`.
  public var part: String?
  /// The sheet and cell, as far as they are known.
  public var sheet: String?
  /// The cell, where there is one.
  public var cell: CellReference?
  /// What the layer below said: libzip, libxml2, the operating system.
  public var cause: String?

  /// An error with where it happened.
  public init(
    _ code: Code, _ message: String, part: String? = nil, sheet: String? = nil, cell: CellReference? = nil,
    cause: String? = nil
  ) {
    self.code = code
    self.message = message
    self.part = part
    self.sheet = sheet
    self.cell = cell
    self.cause = cause
  }
}

extension XLSXError: CustomStringConvertible {
  /// The message with file, sheet, cell or part, and the cause.
  public var description: String {
    var place = [file, sheet, cell?.description, part].compactMap(\.self).joined(separator: " ")
    if !place.isEmpty { place = " (\(place))" }
    return message + place + (cause.map { ": \($0)" } ?? "")
  }
}

/// `localizedDescription` is ``XLSXError/description``.
extension XLSXError: LocalizedError {
  /// As ``description``.
  public var errorDescription: String? { description }
  /// As ``cause``.
  public var failureReason: String? { cause }
}

extension XLSXError {
  static func noSheet(_ name: String, among names: [String]) -> XLSXError {
    XLSXError(
      .noSuchSheet,
      "There is no sheet “\(name)”; the workbook has \(names.map { "“\($0)”" }.joined(separator: ", ")).")
  }

  /// Runs a step and adds the file to an error from below that does not know it.
  static func locating<Result>(file: String?, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch var error as XLSXError {
      error.file = error.file ?? file
      throw error
    }
  }
}
