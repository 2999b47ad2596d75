using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Datasets.Files;

/// <summary>An import of a file into a dataset, and the records that follow from the document.</summary>
/// <param name="Attached">The attached file.</param>
/// <param name="Settings">The settings of the dataset.</param>
/// <param name="Content">The content of the file.</param>
/// <param name="Name">The name of the file.</param>
internal sealed record FileImport(DatasetFileRow Attached, DatasetItem Settings, ContentRow Content, string Name)
{
    /// <summary>A chunk of so many tokens has at most as many bytes as the text of a record may have, in every script.</summary>
    private const int MostTokens = 5_000;

    private const string BetweenHeadings = " › ";

    private static readonly Guid Chunks = new("5a1f6f0e-2f0b-4e55-9a35-8d1c6f0c7b1e");

    public string DatasetId => Attached.DatasetId;

    public string FileId => Attached.FileId;

    /// <summary>The source of the records.</summary>
    public string Source => FileRecords.SourceOf(FileId);

    /// <summary>Returns the name of a file: that of the resource, or else that of the content.</summary>
    public static string NameOf(ResourceRow file, ContentRow content)
    {
        var name = (string?)ResourceEdit.Read(file.Data)["name"];
        return string.IsNullOrWhiteSpace(name) ? content.Name ?? "" : name;
    }

    /// <summary>Whether a record was created by an import.</summary>
    public bool Owns(string recordId) => recordId.StartsWith($"{DatasetId}-", StringComparison.Ordinal);

    /// <summary>Divides a document into chunks, of which each becomes a record.</summary>
    public IReadOnlyList<TextChunk> ChunksOf(IReadOnlyList<TextBlock> blocks) => TextChunks.Of(blocks, new ChunkOptions
    {
        MaxTokens = Math.Clamp(Settings.RecordMaxTokens ?? ChunkOptions.DefaultMaxTokens, 1, MostTokens),
        Separators = ChunkOptions.ParseSeparators(Settings.Separators),
    });

    /// <summary>Returns the record for a chunk.</summary>
    /// <param name="index">The place of the chunk in the document.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="now">The time of the import.</param>
    public RecordRow RecordOf(int index, TextChunk chunk, DateTimeOffset now) => new()
    {
        DatasetId = DatasetId,
        Id = IdOf(index),
        Text = Storable(chunk.Text),
        Source = Source,
        Meta = MetaOf(chunk).ToJsonString(ChatBotKitJson.ServerOptions),
        CreatedAt = now.ToUnixTimeMilliseconds(),
        UpdatedAt = now.ToUnixTimeMilliseconds(),
    };

    /// <summary>Returns the id of the record for a chunk.</summary>
    public string IdOf(int chunk) =>
        $"{DatasetId}-{NameBasedGuid.Create(Chunks, string.Create(CultureInfo.InvariantCulture, $"{FileId} {chunk}"))}";

    private JsonObject MetaOf(TextChunk chunk)
    {
        var meta = new JsonObject { ["title"] = Storable(string.Join(BetweenHeadings, new[] { Name, chunk.Title }.Where(part => part.Length > 0))) };
        if (chunk.Page is { } page)
            meta["page"] = page;
        return meta;
    }

    /// <summary>Returns a text without what a database can't store: U+0000 and halves of characters.</summary>
    private static string Storable(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', ' ');
}
