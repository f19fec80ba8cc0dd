import Foundation

/// Why a command cannot do its work at all: a campaign that contradicts itself, an input named on the command line that
/// is not there, an output that cannot be written. What is wrong *inside* a submission is a ``Finding``, never an error.
public struct FormsError: Error, Hashable, Sendable {
  public enum Code: String, Hashable, Sendable {
    case campaign, input, output, limit
  }

  public var code: Code
  /// One sentence or two: what, where, and what to do.
  public var message: LocalizedText
  /// The file, and in a campaign file the line (from 1).
  public var file: String?
  public var line: Int?

  public init(_ code: Code, _ message: LocalizedText, file: String? = nil, line: Int? = nil) {
    self.code = code
    self.message = message
    self.file = file
    self.line = line
  }

  /// The one line that a person sees: place, then message.
  public func text(in language: Language) -> String {
    let place = [file.map(DiskName.text), line.map(String.init)].compactMap(\.self).joined(separator: ":")
    return place.isEmpty
      ? message.text(in: language) : place + (language == .chinese ? "：" : ": ") + message.text(in: language)
  }
}

/// `localizedDescription` is the line that a person sees, in Chinese.
extension FormsError: LocalizedError {
  public var errorDescription: String? { text(in: .chinese) }
}
