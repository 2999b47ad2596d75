using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads plain text.</summary>
internal sealed class PlainDocuments : IDocumentReader
{
    public async Task<IReadOnlyList<TextBlock>> ReadAsync(Stream bytes, string? contentType, string? fileName, CancellationToken cancellationToken)
    {
        if (contentType?.StartsWith("text/", StringComparison.Ordinal) is not true)
            throw new UnreadableDocumentException("Only text can be read");
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        return [.. (await reader.ReadToEndAsync(cancellationToken)).Split("\n\n").Select(text => text.StartsWith('#')
            ? new TextBlock(TextBlockKind.Heading, text.TrimStart('#', ' '), 1)
            : new TextBlock(TextBlockKind.Paragraph, text))];
    }
}
