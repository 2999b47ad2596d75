using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary>Reads and changes resources of the account of a call, with the same checks as the operations of the API.</summary>
internal sealed class ActionResources(ResourceKinds kinds, ResourceStore store, ResourceWriter writer, ResourceRemoval removal, TimeProvider time)
{
    /// <summary>The maximum number of resources in a list.</summary>
    public const int MaxListed = 100;

    /// <summary>Lists the newest resources of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="links">Fields that must refer to the given resources.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    public ValueTask<List<ResourceRow>> ListAsync(
        string kind, string accountId, IEnumerable<(string Field, string Id)> links, CancellationToken cancellationToken) => store.ReadAsync(
        db =>
        {
            var declared = KindOf(kind);
            var sql = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE")).Add($" AND \"AccountId\" = {accountId} AND \"Kind\" = {kind}");
            foreach (var (field, id) in links)
                sql.AddLinkedTo(declared.Fields.LinkOf(declared.Fields.References.Single(reference => reference.Field == field)), [id]);
            if (declared.ExpiresBy is { } expiry)
                sql.AddUnexpired(db.Dialect, expiry, time.GetUtcNow().ToUnixTimeMilliseconds());
            sql.AddPage(descending: true, behind: null, MaxListed);
            return db.ListAsync(sql, ResourceTable.Rows.Read);
        },
        cancellationToken);

    /// <summary>Finds a resource of the account.</summary>
    /// <exception cref="AbilityException">There is none.</exception>
    public async Task<ResourceRow> GetAsync(string kind, string address, string accountId, CancellationToken cancellationToken) =>
        await store.ReadAsync(db => FindAsync(db, kind, address, accountId), cancellationToken);

    /// <exception cref="ApiException">400: a field is invalid; 409: the key is taken.</exception>
    public async Task<string> CreateAsync(string kind, string accountId, JsonObject fields, CancellationToken cancellationToken) =>
        (await writer.CreateAsync(KindOf(kind), accountId, fields, answered: null, cancellationToken)).Id;

    /// <exception cref="ApiException">400: a field is invalid; 409: the key is taken.</exception>
    /// <exception cref="AbilityException">There is no such resource.</exception>
    public Task UpdateAsync(string kind, string address, string accountId, JsonObject fields, CancellationToken cancellationToken) =>
        writer.UpdateAsync(KindOf(kind), accountId, fields, db => FindAsync(db, kind, address, accountId), answered: null, cancellationToken);

    /// <exception cref="ApiException">409: another resource refers to it.</exception>
    public Task DeleteAsync(ResourceRow row, CancellationToken cancellationToken) =>
        removal.RemoveAsync(KindOf(row.Kind), row, Removal.Alone, answered: null, cancellationToken);

    /// <summary>Returns the given fields of a resource, and its id.</summary>
    public static JsonObject Item(ResourceRow row, params string[] fields)
    {
        var document = ResourceEdit.Read(row.Data);
        var item = new JsonObject { ["id"] = row.Id };
        foreach (var field in fields)
            item[field] = document[field]?.DeepClone();
        return item;
    }

    private async ValueTask<ResourceRow> FindAsync(ISqlSession db, string kind, string address, string accountId) =>
        await db.FindOwnAsync(kind, address, accountId) is { } row && !IsExpired(row) ? row : throw new AbilityException($"There is no such {kind}.");

    private bool IsExpired(ResourceRow row) =>
        KindOf(row.Kind).ExpiresBy is { } field && (long?)ResourceEdit.Read(row.Data)[field] <= time.GetUtcNow().ToUnixTimeMilliseconds();

    private ResourceKind KindOf(string kind) => kinds.Find(kind)!;
}
