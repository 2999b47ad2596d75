using System.Text.Json;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Searches for a run: in the texts of its request, and in the dataset of its persona. Both are searched once before the first answer, and
/// again when the model calls the tool for it.
/// </summary>
internal sealed class RunKnowledge(RunInput input, Persona persona, IPassageSearch search, IDatasetReader? datasets, RunEvents events,
    RunPrivacy? privacy = null)
{
    /// <summary>How many of the best passages of the request the prompt gets.</summary>
    private const int PromptPassages = 8;

    /// <summary>How many of the best passages of the request a call of the tool gets.</summary>
    private const int CallPassages = 5;

    /// <summary>The length from which on a message may be a question. A dataset is not searched for a shorter one.</summary>
    private const int MinQuestion = 3;

    /// <summary>The length after which a question is truncated in events and in <c>meta</c>, which has a limited size.</summary>
    private const int MaxShown = 2_000;

    private readonly string? _datasetId = datasets is null || persona.DatasetId is "" or Persona.NoReference ? null : persona.DatasetId;

    private readonly AnswerSources _sources = new();

    private bool _isSearched;

    /// <summary>Whether there is something to search.</summary>
    public bool IsSearchable => _datasetId is not null || input.Knowledge.Count > 0;

    /// <summary>The passages of the request that best match the user's last message.</summary>
    public IReadOnlyList<Passage> Passages { get; private set; } = [];

    /// <summary>The records of the dataset that best match it.</summary>
    public DatasetContext Dataset { get; private set; } = DatasetContext.None;

    /// <summary>The <c>meta</c> of a message of the bot, as JSON text; null when no dataset was searched.</summary>
    public string? MessageMeta => Dataset.Meta is null && _sources.IsEmpty ? null : ToolJson.Text(json =>
    {
        json.WriteStartObject();
        if (Dataset.Meta is { } dataset)
        {
            json.WritePropertyName("dataset"u8);
            json.WriteRawValue(dataset, skipInputValidation: true);
        }

        _sources.Write(json);
        json.WriteEndObject();
    });

    /// <summary>Searches for the user's last message, once per run.</summary>
    /// <exception cref="StoreUnavailableException">The dataset can't be searched now.</exception>
    public async Task SearchAsync(IReadOnlyList<TranscriptMessage> transcript, CancellationToken cancellationToken)
    {
        if (_isSearched || !IsSearchable)
            return;
        _isSearched = true;
        if (transcript.LastOrDefault(message => message.Type == TranscriptMessage.User)?.Text is not { } question)
            return;
        if (input.Knowledge.Count > 0)
            Passages = search.Search(input.Knowledge, question, PromptPassages);
        if (_datasetId is null || question.AsSpan().Trim().Length < MinQuestion)
            return;
        var shown = Truncate(question);
        var id = Begin(shown);
        var found = await datasets!.SearchAsync(_datasetId, input.AccountId, question, privacy?.Redact(question), cancellationToken);
        if (found is not null)
        {
            Dataset = DatasetContext.Of(shown, found);
            _sources.Add(found);
        }

        End(id, shown, Dataset.Passages);
    }

    /// <summary>Returns the passages and records that best match the question of a call of the model, as JSON text.</summary>
    /// <exception cref="StoreUnavailableException">The dataset can't be searched now.</exception>
    public async Task<string> AnswerAsync(ToolActivity call, CancellationToken cancellationToken)
    {
        var question = QuestionOf(call);
        var id = Begin(question);
        var found = new List<Passage>(search.Search(input.Knowledge, question, CallPassages));
        if (_datasetId is not null && await datasets!.SearchAsync(_datasetId, input.AccountId, question, privacy?.Redact(question), cancellationToken) is { } records)
        {
            _sources.Add(records);
            found.AddRange(records.Records.Select(record => new Passage(record.Source, record.Text)));
        }

        End(id, question, found);
        return ToolJson.Text(json =>
        {
            json.WriteStartObject();
            WriteRecords(json, found);
            json.WriteEndObject();
        });
    }

    private static string QuestionOf(ToolActivity call)
    {
        using var arguments = JsonDocument.Parse(call.Arguments, JsonRules.Stored);
        return arguments.RootElement.TryGetProperty("search", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }

    private static string Truncate(string question) =>
        question.Length <= MaxShown ? question : question[..(char.IsHighSurrogate(question[MaxShown - 1]) ? MaxShown - 1 : MaxShown)];

    private string Begin(string question)
    {
        var id = "search-" + Ids.Short();
        events.Emit("datasetSearchBegin", json =>
        {
            json.WriteString("id"u8, id);
            json.WriteString("search"u8, question);
        });
        return id;
    }

    private void End(string id, string question, IReadOnlyList<Passage> found) => events.Emit("datasetSearchEnd", json =>
    {
        json.WriteString("id"u8, id);
        json.WriteString("search"u8, question);
        WriteRecords(json, found);
    });

    private static void WriteRecords(Utf8JsonWriter json, IReadOnlyList<Passage> found)
    {
        json.WriteStartArray("records"u8);
        foreach (var passage in found)
        {
            json.WriteStartObject();
            json.WriteString("source"u8, passage.Source);
            json.WriteString("text"u8, passage.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
