/// The languages in which the program speaks to people.
public enum Language: String, Hashable, Sendable, CaseIterable {
  case chinese = "zh"
  case english = "en"
}

/// A text in both languages.
public struct LocalizedText: Hashable, Sendable, Codable {
  public var chinese: String
  public var english: String

  public init(zh chinese: String, en english: String) {
    self.chinese = chinese
    self.english = english
  }

  public func text(in language: Language) -> String {
    language == .chinese ? chinese : english
  }
}
