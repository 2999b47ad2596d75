namespace ChatBotKit.Faults.Simulation;

/// <summary>The owner, who revokes sessions, changes settings, compacts and, rarely, deletes a conversation.</summary>
internal sealed class Admin(World world)
{
    private readonly Failures _failures = new(world, session: null);

    public async Task PlayAsync()
    {
        for (var left = world.Random.Next(0, 6); left > 0; left--)
        {
            await world.WaitAsync(8_000);
            var conversation = Any(world.Ledger.Conversations);
            var action = world.Random.Next(20);
            if (action < 9)
                await TellAsync(conversation);
            else if (action < 16)
                await RevokeAsync();
            else if (action < 18)
                await CompactAsync(conversation);
            else if (action == 18)
                await RemoveAsync(conversation);
        }
    }

    private async Task TellAsync(KnownConversation conversation)
    {
        var version = world.Ledger.NextNumber();
        if (await TryAsync(conversation, endpoints => endpoints.TellAsync(conversation.Id, Story.BackstoryOf(version))))
            conversation.Settings = version;
    }

    private async Task RevokeAsync()
    {
        if (world.Ledger.Sessions.Count == 0)
            return;
        var session = Any(world.Ledger.Sessions);
        session.IsRevocationTried = true;
        if (await TryAsync(session.Conversation, endpoints => endpoints.RevokeAsync(session.Id)))
            session.IsRevoked = true;
    }

    private async Task CompactAsync(KnownConversation conversation)
    {
        conversation.IsCompacted = true;
        await TryAsync(conversation, async endpoints => await endpoints.CompactAsync(conversation.Id) is not null);
    }

    private async Task RemoveAsync(KnownConversation conversation)
    {
        conversation.IsRemoved = true;
        await TryAsync(conversation, endpoints => endpoints.RemoveAsync(conversation.Id));
    }

    private async Task<bool> TryAsync(KnownConversation conversation, Func<Endpoints, Task<bool>> request)
    {
        var process = await world.Host.GetAsync();
        try
        {
            return await process.CallAsync(() => request(new Endpoints(world, process)));
        }
        catch (Exception failure) when (failure is OperationCanceledException or ProviderDefectException or ChatBotKit.Server.ModelProviders.ModelProviderException)
        {
            // The model has failed to summarize.
            return false;
        }
        catch (Exception failure)
        {
            _failures.Explain(failure, conversation);
            return false;
        }
    }

    private T Any<T>(IReadOnlyCollection<T> all) => all.ElementAt(world.Random.Next(all.Count));
}
