/*
 * Walks columns with GETBULK and counts, without printing what it reads: a manager that costs as little as possible.
 *
 *   walk [-r REPETITIONS] [-n VARBINDS] [-i INDEX] [-m ROWS] PORT COLUMN...
 *
 *   -r  max-repetitions (default 10); 0 uses GETNEXT
 *   -n  stop after this many varbinds
 *   -i  begin after this index, such as 10.0.0.5.192.0.2.1
 *   -m  stop after this many rows
 *
 * COLUMNs are OIDs such as 1.3.6.1.2.1.44.1.6.3.1.1.8; each request asks for all of them. Prints one JSON object.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_columns = 32, longest = 256, room = 65536 };

struct column {
    uint8_t start[longest], position[longest]; /* the content of an OBJECT IDENTIFIER */
    size_t start_length, length;
    int done;
};

static struct column columns[most_columns];
static int column_count;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void fail(const char *why)
{
    fprintf(stderr, "walk: %s\n", why);
    exit(1);
}

static size_t encode_oid(const char *text, uint8_t *out, size_t length)
{
    int first = length == 0;
    while (*text) {
        char *end;
        unsigned long part;
        if (*text == '.')
            text++;
        part = strtoul(text, &end, 10);
        if (end == text)
            fail("not an OID");
        text = end;
        if (first) {
            part = part * 40 + strtoul(*text == '.' ? text + 1 : text, &end, 10);
            text = end;
            first = 0;
        }
        for (int shift = 28; shift >= 0; shift -= 7)
            if (part >> shift || shift == 0)
                out[length++] = (part >> shift & 127) | (shift ? 128 : 0);
        if (length > longest - 8)
            fail("an OID is too long");
    }
    return length;
}

/* Writes a tag and a length in front of the content from `begin` to `end`. Messages are built backwards, so that lengths are known. */
static uint8_t *wrap(uint8_t tag, uint8_t *begin, const uint8_t *end)
{
    size_t length = end - begin;
    if (length > 255) {
        *--begin = length & 255;
        *--begin = length >> 8;
        *--begin = 0x82;
    } else if (length > 127) {
        *--begin = length;
        *--begin = 0x81;
    } else {
        *--begin = length;
    }
    *--begin = tag;
    return begin;
}

static uint8_t *integer(uint32_t value, uint8_t *begin)
{
    const uint8_t *end = begin;
    for (int i = 0; i < 4; i++, value >>= 8)
        *--begin = value & 255;
    return wrap(0x02, begin, end);
}

static uint8_t *request(uint8_t *end, uint32_t identifier, int repetitions)
{
    uint8_t *begin = end, *last;
    for (int i = column_count - 1; i >= 0; i--) {
        if (columns[i].done)
            continue;
        last = begin;
        *--begin = 0;
        *--begin = 0x05;
        uint8_t *name = begin;
        begin -= columns[i].length;
        memcpy(begin, columns[i].position, columns[i].length);
        begin = wrap(0x06, begin, name);
        begin = wrap(0x30, begin, last);
    }
    begin = wrap(0x30, begin, end);
    begin = integer(repetitions, begin);
    begin = integer(0, begin);
    begin = integer(identifier, begin);
    begin = wrap(repetitions ? 0xA5 : 0xA1, begin, end);
    last = begin;
    begin -= 6;
    memcpy(begin, "public", 6);
    begin = wrap(0x04, begin, last);
    *--begin = 1;
    *--begin = 1;
    *--begin = 0x02;
    return wrap(0x30, begin, end);
}

/* Enters an element: returns its content and sets where the next one begins. */
static const uint8_t *enter(const uint8_t *at, const uint8_t *end, uint8_t *tag, const uint8_t **next)
{
    size_t length;
    if (end - at < 2)
        fail("the answer is truncated");
    *tag = *at++;
    length = *at++;
    if (length & 128) {
        int bytes = length & 127;
        if (bytes > 4 || end - at < bytes)
            fail("the answer is malformed");
        for (length = 0; bytes; bytes--)
            length = length << 8 | *at++;
    }
    if (length > (size_t)(end - at))
        fail("the answer is truncated");
    *next = at + length;
    return at;
}

static uint32_t number(const uint8_t *at, const uint8_t *end)
{
    uint32_t value = 0;
    while (at < end)
        value = value << 8 | *at++;
    return value;
}

/* Processes an answer; returns how many varbinds were within their columns, or -1 if it answers another request. */
static long take(const uint8_t *at, const uint8_t *end, uint32_t identifier)
{
    const uint8_t *next, *content;
    uint8_t tag;
    long count = 0;
    int column = -1;
    at = enter(at, end, &tag, &next);
    enter(at, end, &tag, &at);
    enter(at, end, &tag, &at);
    at = enter(at, end, &tag, &next);
    content = enter(at, end, &tag, &at);
    if (number(content, at) != identifier)
        return -1;
    content = enter(at, end, &tag, &at);
    if (number(content, at) != 0)
        fail("the agent returned an error");
    enter(at, end, &tag, &at);
    at = enter(at, end, &tag, &end);
    /* Columns that ended in this answer still occupy their place in its later repetitions. */
    int ended[most_columns], active[most_columns], actives = 0;
    for (int i = 0; i < column_count; i++) {
        ended[i] = 0;
        if (!columns[i].done)
            active[actives++] = i;
    }
    while (at < end) {
        const uint8_t *varbind = enter(at, end, &tag, &next);
        const uint8_t *name_end, *value_end;
        const uint8_t *name = enter(varbind, next, &tag, &name_end);
        uint8_t type;
        enter(name_end, next, &type, &value_end);
        at = next;
        column = (column + 1) % actives;
        struct column *own = &columns[active[column]];
        size_t length = name_end - name;
        if (ended[column])
            continue;
        if (type >= 0x80 || length <= own->start_length || length > longest || memcmp(name, own->start, own->start_length) != 0) {
            ended[column] = 1;
            own->done = 1;
            continue;
        }
        memcpy(own->position, name, length);
        own->length = length;
        count++;
    }
    return count;
}

static int ascending(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv)
{
    static uint8_t packet[room], answer[room];
    const char *index = NULL;
    long repetitions = 10, limit = 0, rows = 0, varbinds = 0, requests = 0, capacity = 1024, retries = 0;
    double *times = malloc(capacity * sizeof *times), begin, seconds;
    int option;
    while ((option = getopt(argc, argv, "r:n:i:m:")) != -1) {
        switch (option) {
        case 'r': repetitions = atol(optarg); break;
        case 'n': limit = atol(optarg); break;
        case 'i': index = optarg; break;
        case 'm': rows = atol(optarg); break;
        default: return 64;
        }
    }
    if (argc - optind < 2 || argc - optind - 1 > most_columns)
        fail("usage: walk [-r REPETITIONS] [-n VARBINDS] [-i INDEX] [-m ROWS] PORT COLUMN...");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[optind])), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
    if (descriptor < 0 || connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0)
        fail("cannot open a UDP socket to the agent");
    for (int i = optind + 1; i < argc; i++) {
        struct column *column = &columns[column_count++];
        column->start_length = column->length = encode_oid(argv[i], column->start, 0);
        memcpy(column->position, column->start, column->length);
        if (index)
            column->length = encode_oid(index, column->position, column->length);
    }
    begin = now();
    for (;;) {
        int left = 0;
        for (int i = 0; i < column_count; i++)
            left += !columns[i].done;
        if (!left || (limit && varbinds >= limit) || (rows && varbinds >= rows * column_count))
            break;
        uint32_t identifier = requests + 1;
        uint8_t *first = request(packet + room, identifier, repetitions);
        double sent = now();
        long taken = -1;
        for (int attempt = 0; taken < 0; attempt++) {
            struct pollfd waiting = {.fd = descriptor, .events = POLLIN};
            if (attempt == 10)
                fail("no answer from the agent");
            if (send(descriptor, first, packet + room - first, 0) < 0)
                fail("cannot send the request");
            while (taken < 0 && poll(&waiting, 1, 5000) > 0) {
                ssize_t length = recv(descriptor, answer, room, 0);
                if (length < 0)
                    break;
                taken = take(answer, answer + length, identifier);
            }
            if (taken < 0)
                retries++;
        }
        if (requests == capacity)
            times = realloc(times, (capacity *= 2) * sizeof *times);
        times[requests++] = now() - sent;
        varbinds += taken;
    }
    seconds = now() - begin;
    qsort(times, requests, sizeof *times, ascending);
    printf("{\"varbinds\": %ld, \"requests\": %ld, \"retries\": %ld, \"seconds\": %.6f, \"median\": %.6f, \"p99\": %.6f}\n", varbinds,
           requests, retries, seconds, requests ? times[requests / 2] : 0, requests ? times[requests * 99 / 100] : 0);
    return 0;
}
