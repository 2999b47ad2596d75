using System.Globalization;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Server.Work;

/// <summary>Fetches and lists due work.</summary>
internal sealed class WorkReading(IStore store)
{
    private static readonly (ServerWorkState Name, DueWorkState State)[] States =
    [
        (ServerWorkState.Waiting, DueWorkState.Waiting), (ServerWorkState.Running, DueWorkState.Running), (ServerWorkState.Dead, DueWorkState.Dead),
    ];

    public static IEnumerable<string> StateNames => States.Select(one => one.Name.Value);

    /// <exception cref="ApiException">400: the state is unknown.</exception>
    public static DueWorkFilter FilterFrom(ListQuery query)
    {
        var name = query.Value("state");
        if (name is null)
            return new(query.Value("kind"), State: null);
        var index = Array.FindIndex(States, one => one.Name.Value == name);
        return index >= 0
            ? new(query.Value("kind"), States[index].State)
            : throw ApiException.BadRequest($"\"state\" must be one of {string.Join(", ", StateNames)}");
    }

    /// <summary>
    /// Returns the cursor after an item. The cursor contains the sort keys, because the item may be deleted before the next page is
    /// requested.
    /// </summary>
    public static string CursorOf(ServerWorkItem item) =>
        string.Create(CultureInfo.InvariantCulture, $"{item.CreatedAt.ToUnixTimeMilliseconds()}.{item.Id}");

    /// <summary>Splits an id into kind and key. Returns null when the text is not an id.</summary>
    public static (string Kind, string Key)? Split(string id) =>
        id.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (id[..dot], id[(dot + 1)..]) : null;

    public static ApiException NotFound() => ApiException.NotFound("Work");

    /// <exception cref="ApiException">404: the item does not exist, or it is done.</exception>
    public async Task<ServerWorkItem> GetAsync(string id, CancellationToken cancellationToken) =>
        Split(id) is var (kind, key) && await store.QueryAsync(db => db.FindDueWorkAsync(kind, key), cancellationToken) is { } row
            ? ToItem(row)
            : throw NotFound();

    public async Task<ListPiece<ServerWorkItem>> ListAsync(DueWorkFilter filter, ListPage page, CancellationToken cancellationToken)
    {
        var behind = page.Cursor is null ? null : PlaceOf(page.Cursor);
        if (page.Cursor is not null && behind is null)
            return ListPiece.Nothing<ServerWorkItem>();
        var rows = await store.QueryAsync(db => db.ListDueWorkAsync(filter, behind, page.Descending, page.Take), cancellationToken);
        return ListPiece.Of(rows, page).ConvertAll(ToItem);
    }

    private static (long CreatedAt, string Kind, string Key)? PlaceOf(string cursor) =>
        Split(cursor) is var (time, id)
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var createdAt)
        && Split(id) is var (kind, key)
            ? (createdAt, kind, key)
            : null;

    private static ServerWorkItem ToItem(DueWorkRow row) => new()
    {
        Id = $"{row.Kind}.{row.Key}",
        Kind = row.Kind,
        Key = row.Key,
        State = row.DueAt is null ? ServerWorkState.Dead : row.Owner is null ? ServerWorkState.Waiting : ServerWorkState.Running,
        DueAt = Moment(row.DueAt),
        ScheduledAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ScheduledAt),
        Attempt = row.Attempt,
        LastError = row.LastError,
        LastErrorAt = Moment(row.LastErrorAt),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
    };

    private static DateTimeOffset? Moment(long? value) => value is { } moment ? DateTimeOffset.FromUnixTimeMilliseconds(moment) : null;
}
