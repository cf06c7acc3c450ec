/*
 * The XMP packet.  Claims no conformance to PDF/A or PDF/UA: no validator has
 * passed the documents.
 */
#include "render/pdf_metadata.h"

#include <string.h>

#include "base/arena.h"
#include "document/plan.h"
#include "render/render.h"

/* A text within XML. */
static const char *
escaped(struct arena *arena, const char *text)
{
    const char *done = "";
    while (*text) {
        size_t plain = strcspn(text, "&<>");
        done = arena_format(arena, "%s%.*s", done, (int)plain, text);
        text += plain;
        if (*text)
            done = arena_format(arena, "%s%s", done,
                                *text == '&'   ? "&amp;"
                                : *text == '<' ? "&lt;"
                                               : "&gt;");
        text += *text != '\0';
    }
    return done;
}

const char *
pdf_metadata(struct arena *arena, const struct plan *plan, const char *language)
{
    return arena_format(
        arena,
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\""
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
        "<dc:format>application/pdf</dc:format>\n"
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li>"
        "</rdf:Alt></dc:title>\n"
        "<dc:creator><rdf:Seq><rdf:li>headroom</rdf:li></rdf:Seq>"
        "</dc:creator>\n"
        "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n"
        "<xmp:CreatorTool>headroom %s</xmp:CreatorTool>\n"
        "<xmp:CreateDate>%s</xmp:CreateDate>\n"
        "<xmp:ModifyDate>%s</xmp:ModifyDate>\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        "<?xpacket end=\"r\"?>\n",
        escaped(arena, plan->title.lead), language, HEADROOM_VERSION,
        plan->created, plan->created);
}
