# headroom: build, test, install.  For GNU make.
#
#   make            the program, build/headroom
#   make demo       the same on a bare Debian 12, then documents of the samples
#   make test       the same with all quick checks
#   make install    into $(DESTDIR)$(PREFIX)
#
# Everything made stands in $(BUILD).  Which Debian packages are needed is
# written once, in tests/packages.

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
CFLAGS  ?= -O2 -g
# make's own default is cc, not the builder's wish
ifeq ($(origin CC),default)
CC := gcc
endif
PKG_CONFIG ?= pkg-config
# the one that Debian's packages of Python modules serve
PYTHON  ?= $(firstword $(wildcard /usr/bin/python3) python3)

LIBRARIES := yaml-0.1 jansson gmp nettle expat zlib libdeflate minizip \
             xlsxwriter libpng harfbuzz harfbuzz-subset freetype2
LOADED    := gmime-3.0       # while a mail is made: headers only
UNPACKAGED := -lunibreak -lm # without a .pc file

WARNINGS  := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla \
             -Wundef -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes
ifeq ($(CI),true)
WARNINGS += -Werror
endif

SOURCES := $(sort $(wildcard src/*.c src/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
PARTS   := $(filter-out $(BUILD)/src/main.o,$(OBJECTS))
UNITS   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
FUZZERS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAYS := $(subst /fuzz_,/replay_,$(FUZZERS))
# the rooms that read
READING := $(foreach room,base model input results, \
             $(filter $(BUILD)/src/$(room)/%,$(PARTS)))
CODE    := $(SOURCES) $(wildcard src/*/*.h tests/*/*.[ch] tests/*/*/*.[ch])

# Read once a make: make demo and make test start a second one when the
# packages are there.
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -Isrc $(WARNINGS) \
              $(shell $(PKG_CONFIG) --cflags $(LIBRARIES) $(LOADED) \
                2>/dev/null) $(CFLAGS)
LIBS := $(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null) $(UNPACKAGED)

share := $(DESTDIR)$(PREFIX)/share

.PHONY: all units libraries demo demo-here picture test test-here bench \
        bench-here soak fuzz fuzz-here sanitize sanitize-here coverage golden \
        format check-packages install uninstall clean

all: $(BUILD)/headroom

$(BUILD)/headroom: $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/%.o: %.c | libraries
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

# Names what is missing before the compiler stumbles over a header.
libraries:
	@$(PKG_CONFIG) --print-errors --exists $(LIBRARIES) $(LOADED) || { \
	    echo "a library is missing: run tests/install build, or see" \
	         "tests/packages" >&2; exit 1; }

# --- what stands to be seen -------------------------------------------------

demo:
	tests/install build run
	@$(MAKE) --no-print-directory demo-here

demo-here: all
	$(BUILD)/headroom report samples/minimal.yaml -o $(BUILD)/demo/minimal
	$(BUILD)/headroom report samples/2026-double11 -o $(BUILD)/demo/2026-double11
	$(BUILD)/headroom report samples/measured -o $(BUILD)/demo/measured
	$(BUILD)/headroom report samples/from-tools -o $(BUILD)/demo/from-tools

# The picture in the README.
picture: all
	$(BUILD)/headroom report -q samples/2026-double11 --lang en --to pdf \
	    -o $(BUILD)/picture
	pdftoppm -png -r 110 -f 1 -l 1 -singlefile \
	    $(BUILD)/picture/2026-double11-readiness.pdf samples/page1

# --- tests ------------------------------------------------------------------

# cmocka runs them, and the corpus of each fuzzer goes through its harness
units: $(UNITS) $(REPLAYS)
.SECONDARY: $(UNITS:=.o) $(FUZZERS:=.o) $(BUILD)/tests/fuzz/feed.o \
            $(BUILD)/tests/fuzz/replay.o

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(PARTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)

$(REPLAYS): $(BUILD)/tests/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o \
            $(BUILD)/tests/fuzz/feed.o $(BUILD)/tests/fuzz/replay.o $(READING)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

test:
	tests/install build run test
	@$(MAKE) --no-print-directory test-here

test-here: all units
	$(PYTHON) tests/run.py --build $(BUILD)

SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=undefined
sanitize:
	tests/install build run test
	@$(MAKE) --no-print-directory sanitize-here BUILD=$(BUILD)/sanitize \
	    CFLAGS="-O1 -g -fno-omit-frame-pointer $(SANITIZERS)"

sanitize-here: all units
	$(PYTHON) tests/run.py --build $(BUILD) --sanitized

# Branch coverage of the product's tests, by clang.
coverage:
	tests/install build run test
	@$(MAKE) --no-print-directory all units BUILD=$(BUILD)/coverage CC=clang \
	    CFLAGS="-O1 -g -fprofile-instr-generate -fcoverage-mapping"
	$(PYTHON) tests/coverage.py $(BUILD)/coverage

soak:
	tests/install build run test
	@$(MAKE) --no-print-directory all units
	$(PYTHON) tests/run.py --build $(BUILD) --soak

# The fuzzers of the readers, by clang; tests/fuzz/run.py runs them.
fuzz:
	@$(MAKE) --no-print-directory fuzz-here BUILD=$(BUILD)/fuzz CC=clang \
	    CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link \
	    $(SANITIZERS)"

fuzz-here: $(FUZZERS)

$(FUZZERS): %: %.o $(BUILD)/tests/fuzz/feed.o $(READING)
	$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

bench:
	tests/install build run bench
	@$(MAKE) --no-print-directory bench-here

bench-here: all $(BUILD)/tests/bench/floor $(BUILD)/tests/bench/generate_jtl
	$(PYTHON) tests/bench/bench.py --build $(BUILD)
	$(PYTHON) tests/bench/bench_results.py --build $(BUILD)

# The floor draws with cairo, which the product does not need.
$(BUILD)/tests/bench/floor: tests/bench/floor.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(LIBS) \
	    $$($(PKG_CONFIG) --cflags --libs cairo cairo-ft)

$(BUILD)/tests/bench/generate_jtl: $(BUILD)/tests/bench/generate_jtl.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lm

golden: all
	$(PYTHON) tests/golden/run.py --build $(BUILD) --ask

check-packages:
	tests/install -n build run test bench format

# --- housekeeping -----------------------------------------------------------

format:
	clang-format -i $(CODE)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(share)/headroom/templates \
	    $(share)/headroom/fonts $(share)/man/man1
	install -m 755 $(BUILD)/headroom $(DESTDIR)$(PREFIX)/bin/headroom
	install -m 644 $(wildcard templates/*) $(share)/headroom/templates
	install -m 644 $(wildcard fonts/*) $(share)/headroom/fonts
	install -m 644 src/headroom.1 $(share)/man/man1/headroom.1

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/headroom $(share)/man/man1/headroom.1
	rm -rf $(share)/headroom

clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d) $(UNITS:=.d) $(FUZZERS:=.d) \
         $(BUILD)/tests/fuzz/feed.d $(BUILD)/tests/fuzz/replay.d
