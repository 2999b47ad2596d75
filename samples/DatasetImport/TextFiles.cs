using System.Text;

namespace DatasetImport;

/// <summary>A section of a file that can be understood without the rest.</summary>
/// <param name="Source">The path of the file, relative to the folder.</param>
/// <param name="Text">The text.</param>
internal sealed record Section(string Source, string Text);

/// <summary>Splits text files into sections where their authors did.</summary>
internal static class TextFiles
{
    private const int LongEnough = 1500;

    public static IEnumerable<Section> ReadSections(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where Path.GetExtension(path) is ".txt" or ".md"
        from text in Split(File.ReadLines(path))
        select new Section(Path.GetRelativePath(folder, path), text);

    /// <summary>A section ends before a heading, or at an empty line when it is long enough.</summary>
    private static IEnumerable<string> Split(IEnumerable<string> lines)
    {
        var section = new StringBuilder();
        foreach (var line in lines)
        {
            var ends = line.StartsWith('#') || (line.Length == 0 && section.Length >= LongEnough);
            if (ends && Take(section) is { } text)
                yield return text;
            section.AppendLine(line);
        }
        if (Take(section) is { } rest)
            yield return rest;
    }

    private static string? Take(StringBuilder section)
    {
        var text = section.ToString().Trim();
        section.Clear();
        return text.Length > 0 ? text : null;
    }
}
