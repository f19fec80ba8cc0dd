import DOCX
import XLSX

/// A document of text and tables, read as a grid, that can go back to its unit.
protocol ReturnableDocument {
  /// The page 退回说明, if one is in front, then everything else.
  var book: GridBook { get }
  /// Where in the document the cells of ``main`` are; empty unless asked for.
  var places: [CellReference: DocumentEditor.Place] { get }
  /// How many elements at the beginning of the text make up the page 退回说明.
  var pageElements: Int { get }

  /// - Throws: ``IntakeProblem`` for a document that cannot be read.
  init(_ bytes: [UInt8], limits: IntakeLimits, findsPlaces: Bool) throws
}

extension ReturnableDocument {
  var main: Grid { book.grids.last ?? Grid(name: "Word") }
}

/// Marks places of such a document. What is new is put in before what is old is taken out.
protocol ReturnableDocumentEditor {
  /// The width between the margins of the first page, in points.
  var textWidth: Double { get }
  /// Gives a cell or a paragraph a colour, `FFC8CD`.
  mutating func shade(_ place: DocumentEditor.Place, _ color: String)
  /// Comments on a cell or a paragraph, on a day such as `2024-12-01`.
  mutating func comment(_ text: String, at place: DocumentEditor.Place, author: String, date: String)
  /// Puts blocks before everything else, and a new page behind them.
  mutating func insertFront(_ blocks: [Document.Block])
  /// Takes the colours of some set off all cells and paragraphs, but for those that have just got one.
  mutating func clearShading(_ colors: Set<String>)
  /// Takes out comments by what they say.
  mutating func removeComments(where isOurs: (String) -> Bool)
  /// Takes out the first elements of the text.
  mutating func removeFront(_ count: Int)
  func bytes() throws -> [UInt8]
}

extension DocumentEditor: ReturnableDocumentEditor {}
