using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Memories;

/// <summary>
/// Searches memories with the ranking of datasets. A bot or contact has few memories, so they have no index: the newest ones are read
/// and ranked at each search.
/// </summary>
internal sealed class MemorySearch(IStore store, ResourceKinds kinds, TimeProvider time)
{
    /// <summary>The maximum number of memories that a search reads, newest first.</summary>
    public const int MaxMemories = 1_000;

    /// <summary>The maximum number of memories in a response.</summary>
    public const int MaxFound = 10;

    /// <summary>The number of characters after which a search reads no further memories, so that it takes less than a second.</summary>
    private const int MaxCharacters = 4 * 1024 * 1024;

    /// <summary>Searches the memories of the caller, or those that a request names by their contact and bot.</summary>
    /// <exception cref="ApiException">400: the question is empty, or the contact or bot does not exist.</exception>
    public Task<MemorySearchResponse> SearchAsync(MemorySearchRequest request, Caller caller, CancellationToken cancellationToken) =>
        SearchAsync(
            request.Search,
            async (db, sql) =>
            {
                var faults = new Faults();
                await AddFilterAsync(db, sql, MemoryKind.Contact, request.ContactId, caller, faults);
                await AddFilterAsync(db, sql, MemoryKind.Bot, request.BotId, caller, faults);
                faults.ThrowIfAny();
            },
            caller, cancellationToken);

    /// <summary>Searches the memories of a contact or a bot.</summary>
    /// <param name="owner">The field of the memories that refers to the contact or bot.</param>
    /// <param name="address">The address of the contact or bot in the path.</param>
    /// <param name="search">The question.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <exception cref="ApiException">400: the question is empty; 404: the caller has no such contact or bot.</exception>
    public Task<MemorySearchResponse> SearchOfAsync(
        ResourceReference owner, string address, string search, Caller caller, CancellationToken cancellationToken) =>
        SearchAsync(
            search,
            async (db, sql) => AddLinked(sql, owner, await db.FindOwnAsync(owner.Target, address, caller.AccountId)
                ?? throw ApiException.NotFound(ResourceKind.TitleOf(owner.Target))),
            caller, cancellationToken);

    private async Task<MemorySearchResponse> SearchAsync(
        string search, Func<ISqlSession, SqlQuery, ValueTask> addFilters, Caller caller, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(search))
            faults.Add("\"search\" may not be empty");
        faults.CheckText(search, "search");
        faults.ThrowIfAny();
        var memories = await store.QueryAsync(db => ReadAsync(db, addFilters, caller), cancellationToken);
        var found = TextRanking.Rank(memories.ConvertAll(memory => memory.Text), new Question(search), MaxFound);
        return new MemorySearchResponse { Items = [.. found.Select(row => memories[row].Item)] };
    }

    private async ValueTask<List<(Passage Text, MemorySearchItem Item)>> ReadAsync(
        ISqlSession db, Func<ISqlSession, SqlQuery, ValueTask> addFilters, Caller caller)
    {
        var sql = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE"))
            .Add($" AND \"AccountId\" = {caller.AccountId} AND \"Kind\" = {MemoryKind.Name}");
        await addFilters(db, sql);
        sql.AddUnexpired(db.Dialect, kinds.Find(MemoryKind.Name)!.ExpiresBy!, time.GetUtcNow().ToUnixTimeMilliseconds());
        sql.AddPage(descending: true, behind: null, MaxMemories);
        var read = await db.ListAsync(sql, ResourceTable.Rows.Read, new SqlSize<ResourceRow>(static row => row.Data.Length, MaxCharacters));
        return read.Rows.ConvertAll(Read);
    }

    private async ValueTask AddFilterAsync(
        ISqlSession db, SqlQuery sql, ResourceReference reference, string? given, Caller caller, Faults faults)
    {
        if (await db.ResolveAsync(reference, given, caller.AccountId, faults) is { } target)
            AddLinked(sql, reference, target);
    }

    private void AddLinked(SqlQuery sql, ResourceReference reference, ResourceRow target) =>
        sql.AddLinkedTo(kinds.Find(MemoryKind.Name)!.Fields.LinkOf(reference), [target.Id]);

    private static (Passage Text, MemorySearchItem Item) Read(ResourceRow row)
    {
        var document = ResourceEdit.Read(row.Data);
        var item = new MemorySearchItem { Id = row.Id, Text = (string)document["text"]!, Meta = document[ResourceFields.Meta]?.DeepClone().AsObject() };
        return (new Passage((string?)document[ResourceFields.Name] ?? "", item.Text), item);
    }
}
