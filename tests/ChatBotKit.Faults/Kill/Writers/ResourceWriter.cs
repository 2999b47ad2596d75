namespace ChatBotKit.Faults.Kill.Writers;

/// <summary>Creates bots that refer to a dataset, changes the reference, and deletes some of the bots and datasets.</summary>
internal sealed class ResourceWriter(Ledger ledger, ApiConnection api, ConversationSlot slot) : Writer(ledger, api, slot)
{
    protected override async Task WriteAsync()
    {
        var (first, second) = (await CreateDatasetAsync(), await CreateDatasetAsync());
        var bot = await CreateBotAsync(first);
        await UpdateAsync(bot, second);
        switch (Round % 3)
        {
            case 0:
                bot.IsUncertain = true;
                await DeleteAsync("bot", bot.Id);
                (bot.IsDeleted, bot.IsUncertain) = (true, false);
                break;
            case 1:
                // Deleting the dataset clears the reference of the bot.
                bot.IsUncertain = true;
                await DeleteAsync("dataset", second);
                (bot.Acknowledged, bot.IsUncertain) = ((bot.Acknowledged.Name, null), false);
                break;
        }
    }

    private async Task<string> CreateDatasetAsync()
    {
        var id = "";
        await PostAsync("v1/dataset/create", new { name = Ledger.NewText("dataset") }, "id", isKeyed: false, answer =>
        {
            id = answer.GetProperty("id").GetString()!;
            Ledger.Acknowledge("dataset");
        });
        return id;
    }

    private async Task<ResourceRecord> CreateBotAsync(string datasetId)
    {
        ResourceRecord? created = null;
        var (ledger, life, name) = (Ledger, Ledger.Life, Ledger.NewText("bot"));
        await PostAsync("v1/bot/create", new { name, datasetId }, "id", isKeyed: Round % 2 == 1, answer =>
        {
            created = new ResourceRecord(answer.GetProperty("id").GetString()!, life) { Acknowledged = (name, datasetId) };
            ledger.Resources.Enqueue(created);
            ledger.Acknowledge("bot");
        });
        return created!;
    }

    private async Task UpdateAsync(ResourceRecord bot, string datasetId)
    {
        var name = Ledger.NewText("bot");
        bot.Sent = (name, datasetId);
        await Api.PostAsync(ApiCall.Of($"v1/bot/{bot.Id}/update", new { name, datasetId }, OwnerSecret));
        (bot.Acknowledged, bot.Sent) = ((name, datasetId), null);
        Ledger.Acknowledge("update of a bot");
    }

    private async Task DeleteAsync(string kind, string id)
    {
        await Api.PostAsync(ApiCall.Of($"v1/{kind}/{id}/delete", new { }, OwnerSecret));
        Ledger.Acknowledge($"deletion of a {kind}");
    }
}
