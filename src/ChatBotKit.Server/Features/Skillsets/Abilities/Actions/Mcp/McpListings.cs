using System.Collections.Concurrent;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>The tools of a server.</summary>
/// <param name="Tools">The tools.</param>
/// <param name="Version">The version of the protocol that the server speaks.</param>
/// <param name="Until">When the listing is read again.</param>
internal sealed record McpListing(IReadOnlyList<McpTool> Tools, string? Version, DateTimeOffset Until);

/// <summary>Keeps the tools of remote servers for a minute, so that the turns of a conversation do not list them each time.</summary>
internal sealed class McpListings(McpClients clients, TimeProvider time)
{
    private const int MaxCount = 100;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, McpListing> _listings = new(StringComparer.Ordinal);

    /// <summary>The number of listings in memory.</summary>
    public int Count => _listings.Count;

    /// <exception cref="AbilityException">The server can't be reached, or answers wrongly.</exception>
    public async Task<McpListing> GetAsync(McpTarget target, FunctionScope scope, CancellationToken cancellationToken)
    {
        if (Find(target) is { } known)
            return known;
        var (tools, version) = await clients.ListAsync(target, scope, cancellationToken);
        var listing = new McpListing(tools, version, time.GetUtcNow() + Lifetime);
        if (_listings.Count >= MaxCount)
            MakeRoom();
        return _listings[target.Key] = listing;
    }

    /// <summary>Returns the tools of a server if they were listed in the last minute.</summary>
    public McpListing? Find(McpTarget target) => _listings.TryGetValue(target.Key, out var known) && known.Until > time.GetUtcNow() ? known : null;

    /// <summary>Forgets the tools of a server, because they may have changed.</summary>
    public void Forget(McpTarget target) => _listings.TryRemove(target.Key, out _);

    private void MakeRoom()
    {
        var now = time.GetUtcNow();
        foreach (var (key, listing) in _listings)
        {
            if (listing.Until <= now)
                _listings.TryRemove(key, out _);
        }

        if (_listings.Count >= MaxCount)
            _listings.Clear();
    }
}
