using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>Writes small PDF files: pages with content streams and one font.</summary>
internal sealed class PdfFile
{
    private readonly List<string> _objects = [];
    private readonly List<byte[]?> _streams = [];
    private readonly List<int> _pages = [];

    public PdfFile()
    {
        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add("");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    }

    /// <summary>Further entries of the trailer.</summary>
    public string Trailer { get; set; } = "";

    /// <summary>Returns the operators that write lines of text below each other.</summary>
    public static string Lines(double x, double y, double size, params string[] lines) => string.Create(
        CultureInfo.InvariantCulture, $"BT /F1 {size} Tf {x} {y} Td {size * 1.2} TL {string.Join(" T* ", lines.Select(line => $"({line}) Tj"))} ET\n");

    public PdfFile Page(string content, string resources = "")
    {
        var stream = AddStream("", Encoding.Latin1.GetBytes(content));
        _pages.Add(Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {stream} 0 R /Resources << /Font << /F1 3 0 R >> {resources} >> >>"));
        return this;
    }

    public int AddStream(string entries, byte[] bytes, bool isCompressed = false)
    {
        if (isCompressed)
        {
            using var compressed = new MemoryStream();
            using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
                zlib.Write(bytes);
            bytes = compressed.ToArray();
            entries += " /Filter /FlateDecode";
        }

        var number = Add($"<< {entries} /Length {bytes.Length} >>");
        _streams[^1] = bytes;
        return number;
    }

    public int Add(string text)
    {
        _objects.Add(text);
        _streams.Add(null);
        return _objects.Count;
    }

    public byte[] ToArray()
    {
        _objects[1] = $"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select(page => $"{page} 0 R"))}] >>";
        using var file = new MemoryStream();
        var places = new List<long>();
        Write(file, "%PDF-1.4\n");
        foreach (var (index, text) in _objects.Index())
        {
            places.Add(file.Position);
            Write(file, $"{index + 1} 0 obj\n{text}\n");
            if (_streams[index] is { } bytes)
            {
                Write(file, "stream\n");
                file.Write(bytes);
                Write(file, "\nendstream\n");
            }

            Write(file, "endobj\n");
        }

        var start = file.Position;
        Write(file, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(place => $"{place:d10} 00000 n \n"))}");
        Write(file, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R {Trailer} >>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();
    }

    private static void Write(Stream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));
}
