using System.IO.Compression;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads books (EPUB): the chapters in the order in which they are read.</summary>
internal static class EpubBlocks
{
    public static IEnumerable<TextBlock> Read(ZipArchive archive)
    {
        var book = EpubPackage.Read(archive);
        if (book.Title.Length > 0)
            yield return new TextBlock(TextBlockKind.Heading, book.Title, 1);
        foreach (var path in book.Chapters)
        {
            if (book.Encrypted.Contains(path))
                throw new FileRefusedException(FileRefusalCodes.Encrypted, "The book is protected against copying. Upload one without protection.");
            if (archive.GetEntry(path) is not { } entry)
                continue;
            foreach (var block in HtmlBlocks.Read(TextOf(entry)))
                // The headings of the chapters are below the title of the book.
                yield return block.Kind == TextBlockKind.Heading && book.Title.Length > 0 ? block with { Level = block.Level + 1 } : block;
        }
    }

    private static string TextOf(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return TextDecoding.Decode(bytes.ToArray(), contentType: null);
    }
}
