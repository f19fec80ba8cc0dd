/// A file on disk that came in, before anything is known of its content.
struct InboxFile: Hashable, Sendable {
  /// Where it lies.
  var path: String
  /// As shown to people: the path as it was named on the command line, and what follows below it.
  var shown: String
  /// Whether it was named itself, not found in a folder.
  var isNamed: Bool
}

/// What became of one file, or of one entry of an archive, when it was read.
struct FileOutcome: Sendable {
  var file: InputFile
  var submissions: [Submission] = []
  /// Units that the file brings along.
  var below: [UnitBelow] = []
  /// Equal for files with the same bytes, within one run.
  var contentHash: Int?
}
