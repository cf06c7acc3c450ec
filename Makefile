# headroom: build, test, install.  GNU make; everything made stands in $(BUILD).

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= gcc
CFLAGS  ?= -O2 -g

LIBRARIES := yaml-0.1 gmp nettle jansson expat minizip xlsxwriter cairo \
             cairo-ft harfbuzz harfbuzz-subset freetype2 libqpdf
WARNINGS  := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla \
             -Wundef -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes
ifeq ($(CI),true)
WARNINGS += -Werror
endif

SOURCES := $(sort $(wildcard src/*.c src/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -Isrc $(WARNINGS) \
              $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null) $(CFLAGS)
LIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lunibreak -lm

all: $(BUILD)/headroom

$(BUILD)/headroom: $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d)
.PHONY: all clean
