using System.Globalization;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Faults.Kill.Work;

/// <summary>
/// Stores, for each item, a usage row with the key of the item, and the next item of its chain. The rows show whether the effect of each
/// item was stored, and how often, no matter when the server was killed.
/// </summary>
internal sealed class ChainHandler(TimeProvider time) : IDueWorkHandler
{
    public const string Name = "chain";

    public const int Chains = 4;

    /// <summary>The account of the usage rows.</summary>
    public const string Account = "due-work";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public string Kind => Name;

    public Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        var dash = item.Key.IndexOf('-', StringComparison.Ordinal);
        var number = int.Parse(item.Key.AsSpan(dash + 1), CultureInfo.InvariantCulture);
        if (number % 20 == 19 && item.Attempt == 1)
            throw new InvalidOperationException("The first attempt of some items fails.");
        return Task.FromResult(DueWorkResult.With(async db =>
        {
            // The id is new in each call, so that a repeated effect is a second row.
            await db.InsertAsync(UsageTable.Rows, new UsageRow
            {
                Id = Ids.New(),
                AccountId = Account,
                Model = item.Key,
                InputTokens = item.Attempt,
                OutputTokens = 0,
                Messages = 0,
                CreatedAt = 1,
            });
            var now = time.GetUtcNow();
            await db.AddDueWorkAsync(DueWorkRow.New(Name, string.Create(CultureInfo.InvariantCulture, $"{item.Key[..dash]}-{number + 1}"), now + Pause, now));
        }));
    }
}
