using System.Collections.Concurrent;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.GraphQl.Results;
using GraphQL.Execution;
using GraphQLParser.AST;

namespace ChatBotKit.Server.Features.GraphQl;

/// <summary>
/// One execution of a query. It belongs to an account, bounds the bytes of the documents that are read, and reads resources that several
/// fields ask for together.
/// </summary>
internal sealed class GraphQlCall
{
    /// <summary>The maximum size of the documents in bytes.</summary>
    public const long MaxBytes = 16 * 1024 * 1024;

    private const string Key = "call";

    private long _bytes;

    public GraphQlCall(IStore store, ResourceQueries queries, string accountId)
    {
        (Store, Queries, AccountId) = (store, queries, accountId);
        Rows = new ResourceBatches(this);
        Children = new ChildBatches(this);
    }

    public IStore Store { get; }

    public ResourceQueries Queries { get; }

    public string AccountId { get; }

    /// <summary>Reads resources by their ids.</summary>
    public ResourceBatches Rows { get; }

    /// <summary>Reads the resources that are part of others.</summary>
    public ChildBatches Children { get; }

    /// <summary>The selections of the query, by the field that returns the resources.</summary>
    public ConcurrentDictionary<GraphQLField, ResourceSelection> Selections { get; } = [];

    public static GraphQlCall Of(IProvideUserContext context) => (GraphQlCall)context.UserContext[Key]!;

    public Dictionary<string, object?> AsUserContext() => new(StringComparer.Ordinal) { [Key] = this };

    /// <summary>Counts the documents that were read.</summary>
    /// <exception cref="ApiException">429: they are too large in all.</exception>
    public void Count(IEnumerable<ResourceRow> rows)
    {
        if (Interlocked.Add(ref _bytes, rows.Sum(row => (long)row.Data.Length)) > MaxBytes)
            throw ApiException.LimitsReached($"The query reads resources of more than {MaxBytes} bytes; take fewer of them");
    }
}
