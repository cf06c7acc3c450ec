/*
 * Writes a JTL of JMeter as CSV to standard output, for benches and tests:
 *
 *   generate_jtl ROWS [SEED]
 *
 * The same arguments give the same bytes; 7,000,000 rows are about 1 GB.  One
 * hour of twenty labels, two of which need quotes; response times fall off
 * like those of a busy service, and a few requests fail.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define LABELS 20
#define SECONDS 3600

static uint64_t state;

static uint64_t
draw(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return state >> 33;
}

/* From 0 to below 1. */
static double
share(void)
{
    return (double)(draw() & 0xffffff) / 0x1000000;
}

int
main(int argc, char **argv)
{
    static const char *const label[LABELS] = {"登录",
                                              "\"GET /search, page=1\"",
                                              "\"下单 \"\"支付\"\"\"",
                                              "GET /home",
                                              "GET /item",
                                              "POST /cart",
                                              "POST /order",
                                              "POST /pay",
                                              "GET /address",
                                              "GET /coupon",
                                              "POST /coupon/claim",
                                              "GET /stock",
                                              "POST /lock",
                                              "GET /price",
                                              "GET /member",
                                              "GET /message",
                                              "GET /live/room",
                                              "POST /live/like",
                                              "POST /refund",
                                              "GET /logistics"};
    if (argc < 2) {
        fprintf(stderr, "usage: generate_jtl ROWS [SEED]\n");
        return 2;
    }
    uint64_t rows = strtoull(argv[1], NULL, 10);
    state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    static char buffer[1 << 20];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    puts("timeStamp,elapsed,label,responseCode,responseMessage,threadName,"
         "dataType,success,failureMessage,bytes,sentBytes,grpThreads,"
         "allThreads,URL,Latency,IdleTime,Connect");
    for (uint64_t i = 0; i < rows; i++) {
        unsigned which = (unsigned)(draw() % LABELS);
        double elapsed = 8 + which * 3 - 25 * log(1 - share());
        if (draw() % 1000 == 0)
            elapsed *= 20;
        uint64_t ms = (uint64_t)elapsed;
        uint64_t at = 1795334400000u + i * SECONDS * 1000 / rows + draw() % 50;
        int failed = draw() % 200 == 0;
        unsigned thread = (unsigned)(draw() % 400) + 1;
        printf("%llu,%llu,%s,%s,%s,promotion 1-%u,text,%s,,%u,%u,400,400,"
               "http://www.shop.example/api/v3/"
               "items?page=%u&from=app-ios,%llu,0,%u\n",
               (unsigned long long)at, (unsigned long long)ms, label[which],
               failed ? "503" : "200", failed ? "Service Unavailable" : "OK",
               thread, failed ? "false" : "true",
               (unsigned)(draw() % 4000) + 300, (unsigned)(draw() % 300) + 100,
               which, (unsigned long long)(ms > 2 ? ms - 2 : ms),
               (unsigned)(draw() % 3));
    }
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
