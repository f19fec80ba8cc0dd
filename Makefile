# On a fresh Debian machine with Swift: `make demo` shows what the program does, `make test` runs the tests.

huizong := .build/release/huizong
demo := demo

.PHONY: setup build small demo page gallery bench deb templates test format lint clean

setup:
	@scripts/setup

# With Swift's own libraries inside, so that the binary runs on a machine without Swift; it still needs libxml2, libzip
# and libdeflate there. Foundation brings 34 MB of ICU's data, nearly all of it words of languages that nobody here reads;
# with a seventh of it the program is 30 MB smaller (without python3 it stays whole).
program = @mkdir -p .build && swift build -c release --static-swift-stdlib --product huizong \
  $$(scripts/smaller-icu $(CURDIR)/.build/icudata.o || true) $$(scripts/smaller-link $(CURDIR)/.build/link)

build: setup
	$(program)

# The program of the package, optimised for size: 45 MB and not 49. Only sheets full of texts are read slower by it, by a quarter.
small: setup
	$(program) --scratch-path .build/small -Xswiftc -Osize

# A Debian package of the program, its manual, completions, templates and examples, in .build.
deb: setup
	@scripts/setup debhelper dpkg-dev
	@dpkg-buildpackage --build=binary --no-sign
	@mkdir -p .build/deb && mv ../huizong_*.deb ../huizong_*.buildinfo ../huizong_*.changes .build/deb/
	@ls -l .build/deb/*.deb

# The main job on the sample submissions in Examples: check, send back, chase, consolidate.
demo: build
	@rm -rf $(demo)
	@$(huizong) init $(demo)
	@cp -R Examples/收件/. $(demo)/收件/
	@cd $(demo) && ../$(huizong) template --all-units -o 空白表
	@cd $(demo) && ../$(huizong) check 收件 --as-of 2024-12-01 > 审核结果.txt || [ $$? -eq 1 ]
	@cd $(demo) && ../$(huizong) return 收件 --as-of 2024-12-01 -o 退回 > 退回清单.txt || [ $$? -eq 1 ]
	@cd $(demo) && ../$(huizong) status 收件 --as-of 2024-12-01 -o 催报.xlsx --letters 催报函 || [ $$? -eq 1 ]
	@cd $(demo) && ../$(huizong) merge 收件 --as-of 2024-12-01 -o 汇总/2024年终汇总.xlsx || [ $$? -eq 1 ]
	@echo
	@echo "空白表 Blank forms:          $(demo)/空白表/"
	@echo "审核结果 Findings:           $(demo)/审核结果.txt"
	@echo "退回 Marked copies:          $(demo)/退回/"
	@echo "催报 Letters and list:       $(demo)/催报函/, $(demo)/催报.xlsx"
	@echo "汇总 Consolidated workbook:  $(demo)/汇总/2024年终汇总.xlsx"
	@echo
	@echo "在浏览器里看 In a browser:   make page，然后打开 then open http://127.0.0.1:8642/ (带口令的地址见屏幕 the screen shows it with its key)"

# The demo's folder as a page for the browser.
page: build
	@[ -d $(demo) ] || $(MAKE) --no-print-directory demo
	@$(huizong) serve $(demo)

# A workbook that shows everything the library writes, and a workbook for each feature.
gallery: setup
	@swift run xlsx-gallery --each gallery

# Speed, allocations and memory of the library, and the writer beside libxlsxwriter.
bench:
	@Benchmarks/run

# The committed blank workbooks, written anew after a change to the campaign or to how forms are drawn.
blanks := Templates/jiaozuo-2024/空白表
templates: build
	@$(huizong) template --campaign jiaozuo-2024 -o $(blanks)
	@$(huizong) template --campaign jiaozuo-2024 --all-units -o $(blanks)
	@$(huizong) template --campaign jiaozuo-2024 --form 附件1 -o $(blanks)
	@$(huizong) template --campaign jiaozuo-2024 --form 附件3 -o $(blanks)

test: setup
	@swift test

format:
	@swift format --in-place --recursive --configuration .swift-format Package.swift Sources Tests Plugins Examples Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources

lint:
	@swift format lint --strict --recursive --configuration .swift-format Package.swift Sources Tests Plugins Examples Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources

clean:
	@rm -rf .build Benchmarks/.build gallery $(demo)
