using System.Net;
using System.Text.Json;
using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Checks that documents are as acknowledged, and that the index of references agrees with them.</summary>
internal sealed class ResourceCheck(ApiConnection api, Findings findings)
{
    public async Task CheckAsync(ResourceRecord bot)
    {
        if (await FetchAsync(bot) is not { } state)
            return;
        if (!bot.IsUncertain && state != bot.Acknowledged && state != bot.Sent)
            findings.Lose($"bot {bot.Id}: {state} in the place of {bot.Acknowledged}");
        if (state.DatasetId is { } dataset && !await IsListedAsync(bot, dataset))
            findings.Fault($"bot {bot.Id} names dataset {dataset}, and is not in its list");
        foreach (var other in new[] { bot.Acknowledged.DatasetId, bot.Sent?.DatasetId })
        {
            if (other is not null && other != state.DatasetId && await IsListedAsync(bot, other))
                findings.Fault($"bot {bot.Id} is in the list of dataset {other}, and does not name it");
        }
    }

    /// <returns>The stored values; null when the bot was deleted.</returns>
    private async Task<(string Name, string? DatasetId)?> FetchAsync(ResourceRecord bot)
    {
        var path = $"v1/bot/{bot.Id}/fetch";
        var status = await api.StatusAsync(path, Writer.OwnerSecret);
        if (status == HttpStatusCode.NotFound)
        {
            if (!bot.IsDeleted && !bot.IsUncertain)
                findings.Lose($"bot {bot.Id}");
            return null;
        }

        if (bot.IsDeleted)
            findings.Lose($"the deletion of bot {bot.Id}: {status}");
        var item = await api.GetAsync(path, Writer.OwnerSecret);
        return (item.GetProperty("name").GetString()!,
            item.TryGetProperty("datasetId", out var dataset) && dataset.ValueKind == JsonValueKind.String ? dataset.GetString() : null);
    }

    /// <summary>Whether the index has the link. A deleted dataset has none.</summary>
    private async Task<bool> IsListedAsync(ResourceRecord bot, string dataset)
    {
        var path = $"v1/bot/list?datasetId={dataset}&take=10";
        return await api.StatusAsync(path, Writer.OwnerSecret) == HttpStatusCode.OK
            && (await api.GetAsync(path, Writer.OwnerSecret)).GetProperty("items").EnumerateArray().Any(item => item.GetProperty("id").GetString() == bot.Id);
    }
}
