using System.Text.Json.Nodes;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>A row of an import.</summary>
/// <param name="Line">The number of the line at which it begins.</param>
internal sealed record ImportRow(long Line)
{
    private static readonly Guid Rows = new("0d6d4b5e-5f0b-4a0e-8a43-0a3c8f7f5a11");

    /// <summary>Why the row could not be read; null if it could.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The id of the record for the caller; null to identify it by its content.</summary>
    public string? Id { get; init; }

    public string? Text { get; init; }

    public string? Source { get; init; }

    public JsonObject? Meta { get; init; }

    /// <summary>Creates a row that can't be imported.</summary>
    public static ImportRow Bad(long line, string fault) => new(line) { Unreadable = fault };

    /// <summary>Returns why the row can't be imported; null if it can.</summary>
    public string? FindFault()
    {
        if (Unreadable is not null)
            return Unreadable;
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(Text))
            faults.Add(Text is null ? "\"text\" is required" : "\"text\" may not be empty");
        faults.CheckText(Text);
        faults.CheckNul(Text, "text");
        if (Id is "")
            faults.Add("\"id\" may not be empty");
        faults.CheckText(Id, "id", RecordRules.MaxSourceBytes);
        faults.CheckRecordSource(Source);
        faults.CheckRecordMeta(Meta);
        return faults.Message;
    }

    /// <summary>Creates the record of a row without a fault.</summary>
    public RecordRow ToRecord(string datasetId, long now) => new()
    {
        DatasetId = datasetId,
        Id = IdIn(datasetId),
        Text = Text!,
        Source = Source,
        Meta = MetaJson.Apply(null, Meta),
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>
    /// Returns the id of the record, which is always the same for the same row, so that an import can be repeated. The id of a record of
    /// this dataset is kept; from any other id, and from the text and source of a row without one, an id is derived.
    /// </summary>
    private string IdIn(string datasetId)
    {
        if (Id is not null && (Guid.TryParseExact(Id, "N", out _) || Id.StartsWith($"{datasetId}-", StringComparison.Ordinal)) && IsPlain(Id))
            return Id;
        var name = Id is null ? $"content {Source}\n{Text}" : $"id {Id}";
        return $"{datasetId}-{NameBasedGuid.Create(Rows, name)}";
    }

    private static bool IsPlain(string id) => id.Length <= 100 && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
