using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The records that the answers of a run are based on, best first: those that were found before the first answer, and by the searches of
/// the model. Thread-safe, because the model may search several times at once.
/// </summary>
internal sealed class AnswerSources
{
    /// <summary>The maximum number of sources in the <c>meta</c> of a message.</summary>
    private const int MaxSources = 20;

    /// <summary>The length after which a title is truncated, because <c>meta</c> has a limited size.</summary>
    private const int MaxTitle = 300;

    private readonly Lock _gate = new();
    private List<(string DatasetId, DatasetFinding Record)> _sources = [];

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _sources.Count == 0;
        }
    }

    /// <summary>Adds the records of a search. A record that was found before is listed once, with its better score.</summary>
    public void Add(DatasetFindings found)
    {
        lock (_gate)
        {
            _sources =
            [
                .. _sources.Concat(found.Records.Select(record => (found.DatasetId, Record: record)))
                    .OrderByDescending(source => source.Record.Score)
                    .DistinctBy(source => (source.DatasetId, source.Record.Id))
                    .Take(MaxSources),
            ];
        }
    }

    /// <summary>Writes the member <c>sources</c>, unless there are none.</summary>
    public void Write(Utf8JsonWriter json)
    {
        lock (_gate)
        {
            if (_sources.Count == 0)
                return;
            json.WriteStartArray("sources"u8);
            foreach (var (datasetId, record) in _sources)
                Write(json, datasetId, record);
            json.WriteEndArray();
        }
    }

    private static void Write(Utf8JsonWriter json, string datasetId, DatasetFinding record)
    {
        json.WriteStartObject();
        json.WriteString("datasetId"u8, datasetId);
        json.WriteString("recordId"u8, record.Id);
        if (record.Origin is { } origin)
            json.WriteString("source"u8, origin);
        if (record.Title is { } title)
            json.WriteString("title"u8, title.Length <= MaxTitle ? title : title[..(char.IsHighSurrogate(title[MaxTitle - 1]) ? MaxTitle - 1 : MaxTitle)]);
        if (record.Page is { } page)
            json.WriteNumber("page"u8, page);
        json.WriteNumber("score"u8, record.Score);
        json.WriteEndObject();
    }
}
