using System.Globalization;
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

    /// <summary>What is written between the name of a document and its headings in the title of a record.</summary>
    public const string BetweenHeadings = " › ";

    private static readonly Guid Chunks = new("5a1f6f0e-2f0b-4e55-9a35-8d1c6f0c7b1e");

    public string DatasetId => Attached.DatasetId;

    public string FileId => Attached.FileId;

    /// <summary>The id of this attempt.</summary>
    public string Id { get; } = Ids.New();

    /// <summary>The staged records of this attempt.</summary>
    public StagedImport Staged => new(DatasetId, FileId, Id);

    /// <summary>The source of the records.</summary>
    public string Source => FileRecords.SourceOf(FileId);

    /// <summary>Returns the name of a file: that of the resource, or else that of the content.</summary>
    public static string NameOf(ResourceRow file, ContentRow content)
    {
        var name = (string?)ResourceEdit.Read(file.Data)["name"];
        return string.IsNullOrWhiteSpace(name) ? content.Name ?? "" : name;
    }

    /// <summary>Divides a document into chunks, of which each becomes a record.</summary>
    public IReadOnlyList<TextChunk> ChunksOf(IReadOnlyList<TextBlock> blocks) => TextChunks.Of(blocks, OptionsOf(Settings));

    /// <summary>Returns how a dataset divides documents.</summary>
    public static ChunkOptions OptionsOf(DatasetItem settings) => new()
    {
        MaxTokens = Math.Clamp(settings.RecordMaxTokens ?? ChunkOptions.DefaultMaxTokens, 1, MostTokens),
        Separators = ChunkOptions.ParseSeparators(settings.Separators),
    };

    /// <summary>Returns the record for a chunk.</summary>
    /// <param name="index">The place of the chunk in the document.</param>
    /// <param name="chunk">The chunk.</param>
    public StagedRecordRow RecordOf(int index, TextChunk chunk) => new()
    {
        DatasetId = DatasetId,
        FileId = FileId,
        Import = Id,
        // The id follows from the place alone, so that the same text keeps its record.
        Id = $"{DatasetId}-{NameBasedGuid.Create(Chunks, string.Create(CultureInfo.InvariantCulture, $"{FileId} {index}"))}",
        Text = StorableText.Of(chunk.Text),
        Meta = MetaOf(chunk).ToJsonString(ChatBotKitJson.ServerOptions),
    };

    private JsonObject MetaOf(TextChunk chunk)
    {
        var meta = new JsonObject { ["title"] = StorableText.Of(string.Join(BetweenHeadings, new[] { Name, chunk.Title }.Where(part => part.Length > 0))) };
        if (chunk.Page is { } page)
            meta["page"] = page;
        return meta;
    }
}
