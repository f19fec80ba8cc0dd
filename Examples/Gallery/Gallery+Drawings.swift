import Foundation
import XLSX

/// Pictures and charts.
extension Gallery {
  static let drawings: [Feature] = [
    Feature("pictures") { book in
      let sheet = try sheet("图片 Pictures", in: book)
      try sheet.addPicture(Picture(star, format: .png, at: "A3", width: 72, height: 72, description: "红底黄星"))
      try sheet.addPicture(
        Picture(gradient, format: .jpeg, at: "D3", width: 108, height: 72, description: "渐变"))
      // The same bytes again are stored once.
      try sheet.addPicture(Picture(star, format: .png, at: "H4", width: 36, height: 36))
      sheet["A9"] = "PNG"
      sheet["D9"] = "JPEG"
    },
    Feature("charts") { book in
      let sheet = try sheet("图表 Charts", in: book)
      put(figures(), at: "A3", on: sheet)
      let place = "'\(sheet.name)'"
      func series(_ column: Int, _ color: Color? = nil) -> Chart.Series {
        let letter = CellReference.columnName(column)
        return Chart.Series(
          name: sheet[CellReference(row: 3, column: column)].text ?? "", categories: "\(place)!$A$4:$A$9",
          values: "\(place)!$\(letter)$4:$\(letter)$9", color: color)
      }
      var column = Chart(
        .column, title: "柱形图", series: [series(2), series(3, .rgb(0xC00000))], area: "G3:M17")
      column.categoryAxisTitle = "城市"
      column.valueAxisTitle = "场次"
      column.showsDataLabels = true
      try sheet.addChart(column)
      try sheet.addChart(Chart(.bar, title: "条形图", series: [series(4), series(5)], area: "N3:T17"))
      try sheet.addChart(
        Chart(.line, title: "折线图", series: [series(2), series(3), series(4)], area: "G19:M33"))
      var pie = Chart(.pie, title: "饼图\n四季度", series: [series(5)], area: "N19:T33")
      pie.showsDataLabels = true
      pie.numberFormat = "0"
      try sheet.addChart(pie)
      var stacked = Chart(.column, title: "堆积柱形图", series: (2...5).map { series($0) }, area: "A19:F33")
      stacked.stacking = .stacked
      stacked.numberFormat = "#,##0"
      try sheet.addChart(stacked)
    },
  ]

  private static let star = bytes(
    """
    iVBORw0KGgoAAAANSUhEUgAAAGAAAABgAgMAAACf9p+rAAAACVBMVEX/////zADAAAAn35ELAAAB2ElEQVR42t2VO27DMAyGf7EO
    YGTK4O4ZA/QSOoLHjtlzCV2ie5YCLXIJLz1CgY4+gqfAQA27gymJpJOm6NZ68EO/+PElWcD/uFx+XR8xPqYvkuOgl6VAx3wHgLv4
    8jo/Vg+NtljHCTtj8ZyiYROyMWCrRnYiaoV6EqnNLLKkyCJJagRrFoIqU0gCk6ZOsAgASl3Y0rodBvFBIic1RsJ3NwnvZLOIBLrW
    WhJBNZwhSha2l2YL1AR0WgwLB0FZDMCgLC4Etr0RLl8dMCmhXE4vlUWTeogbJdmm/FKGBBQAcErzPk8AcO8Z5Q3GRx+VHl8xLcht
    BQAbIHBUfkFioVqQWHCGlBOsxT72UiiyUKiSOEtKtaoNKQmFISXBGVIue61JWSgM8rtGhbiqxCP8aPlcETrReRba5fQRv/PRi/8I
    P3tj4a+gVpUWxhjmxsWwW2XhvGy92JxFrq3YnANQA86n/UmIqbvcv5GFPrdoZvUq3Fp1FsSWHa+GzcTs9COrxIqOPzK0ohyeM44+
    3iK7kudHn9cZHEdJHLcXJW7zafCu9toh+/iQ42fRj1EKrTxYJOsgO/hhSVEYLSltmHU8MuNxSxqQoWmL8fl73tvlM+7zXa+r8x7y
    PP9j1xd35WDi9c/z/gAAAABJRU5ErkJggg==
    """)
  private static let gradient = bytes(
    """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7
    gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8
    fHx8fHx8fHz/wAARCABAAGADASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAgMFBv/EABYQAAMAAAAAAAAAAAAAAAAAAAAB
    Av/EABgBAQEBAQEAAAAAAAAAAAAAAAIEAwYF/8QAFhEBAQEAAAAAAAAAAAAAAAAAAgAB/9oADAMBAAIRAxEAPwDl1A1BVQJQe1qs
    S6SgagqoEoBqqC6SgagooGoBqqC6SgagooGoDqqC6SgagooGoBqqC6SgagooGoBqqC7LUCUFVA1BtquNLpKBKCqgagGqoLpKBKCq
    gagGqoLpKBKCqgagOqoLpKBKCqgagGqoLpKBKCqgagGqoLstQJQVUCUG2q40umoEoKqBKAaqgukoGoKqBKA6qgukoGoKqBKAaqgu
    koGoKqBKAaqgukoGoKqBKA6qguy1A1BVQJQa6rjS6SgagooGoBqqC6SgagooGoDqqC6SgagooGoBqqC6SgagooGoBqqC6SgagooG
    oDqqC7//2Q==
    """)

  private static func bytes(_ base64: String) -> [UInt8] {
    Array(Data(base64Encoded: base64, options: .ignoreUnknownCharacters) ?? Data())
  }
}
