using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Datasets.Files;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>Searches datasets for runs, with the settings of the dataset for conversations.</summary>
internal sealed class DatasetReader(IStore store, DatasetSearch datasets, EventQueue events) : IDatasetReader
{
    private const int DefaultRecords = 10;

    /// <summary>The members of <c>meta</c> that the model gets with the text, and their names for it.</summary>
    private static readonly (string Field, string Name)[] Headings = [("title", "Title"), ("url", "URL"), ("date", "Date")];

    public async Task<DatasetFindings?> SearchAsync(
        string datasetId, string accountId, string question, string? forModels, CancellationToken cancellationToken)
    {
        var row = await store.QueryAsync(
            async db => await db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, datasetId, DatasetKind.Name) is { } found
                && await db.MayUseAsync(found, accountId) ? found : null,
            cancellationToken);
        if (row is null)
            return null;
        var settings = datasets.SettingsOf(row);
        var asked = new DatasetQuestion(question, settings.SearchMaxRecords ?? DefaultRecords)
        {
            ForModels = forModels,
            MinScore = settings.SearchMinScore ?? 0,
            Reranker = settings.Reranker,
        };
        var matches = await datasets.FindAsync(row.Id, asked, cancellationToken);
        events.Add(accountId, EventTypes.DatasetSearch, [new EventLink(EventFields.Dataset, row.Id)]);
        var tokens = settings.SearchMaxTokens ?? DefaultRecords * (settings.RecordMaxTokens ?? ChunkOptions.DefaultMaxTokens);
        return new DatasetFindings(row.Id, Limit(matches, tokens, settings.Name))
        {
            MatchInstruction = settings.MatchInstruction,
            MismatchInstruction = settings.MismatchInstruction,
        };
    }

    /// <summary>Returns the records until they have the given number of tokens. The last text is truncated.</summary>
    private static List<DatasetFinding> Limit(IReadOnlyList<RecordMatch> matches, int tokens, string? datasetName)
    {
        var findings = new List<DatasetFinding>();
        foreach (var match in matches)
        {
            var text = MatchText.Of(match);
            text = text[..TokenEstimate.Fit(text, tokens)];
            if (text.Length == 0)
                break;
            tokens -= TokenEstimate.Count(text);
            findings.Add(FindingOf(match, text, datasetName));
        }

        return findings;
    }

    private static DatasetFinding FindingOf(RecordMatch match, string text, string? datasetName)
    {
        using var meta = JsonDocument.Parse(match.Record.Meta ?? "{}", JsonRules.Stored);
        var told = Headings.Select(heading => (heading.Name, Value: Text(meta.RootElement, heading.Field))).Where(line => line.Value is not null).ToList();
        var source = FileRecords.IsSource(match.Record.Source) ? null : match.Record.Source;
        var lines = told.Select(line => $"{line.Name}: {line.Value}");
        var title = Text(meta.RootElement, "title");
        return new DatasetFinding(match.Record.Id, match.Score, title ?? Or(source, datasetName) ?? "", text)
        {
            Origin = Or(source, null),
            Title = title ?? (string.IsNullOrEmpty(source) ? Or(datasetName, null) : null),
            Page = meta.RootElement.TryGetProperty("page", out var page) && page.ValueKind == JsonValueKind.Number && page.TryGetInt32(out var number) ? number : null,
            Heading = [.. string.IsNullOrEmpty(source) ? lines : lines.Prepend($"Source: {source}")],
        };
    }

    private static string? Or(string? text, string? otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;

    private static string? Text(JsonElement meta, string field) =>
        meta.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
