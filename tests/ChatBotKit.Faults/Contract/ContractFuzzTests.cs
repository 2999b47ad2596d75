using System.Collections.Concurrent;
using System.Diagnostics;
using ChatBotKit.Server.Tests;
using CsCheck;

namespace ChatBotKit.Faults.Contract;

/// <summary>
/// Sends generated requests, valid and invalid, to every operation that the server describes, and compares the responses with the
/// description. A seed repeats the requests; a failure is reported with a command that repeats its request.
/// </summary>
public sealed class ContractFuzzTests
{
    private const int Workers = 2;
    private const int RequestsPerWorld = 50;
    private const int MaxFaults = 8;
    private const int MoreRounds = 5;

    private static readonly string[] Vendors =
        ["Discord", "Instagram", "Messenger", "Telegram", "WhatsApp", "Email", "Googlechat", "Microsoftteams", "Slack", "Twilio"];

    /// <summary>
    /// The operations that need what the storm does not have: a speech endpoint, a second database, and the access token of an integration.
    /// </summary>
    private static readonly string[] NeverLetIn =
    [
        "synthesizeConversationMessage", "createServerMigration", "fetchSkillServerManual", "invokeSkillServerAbility",
        // Its caller has the secret of the trigger, and a mail server is needed for the next one. The body of the third is described as any object.
        "receiveTriggerEvent", "triggerSupportIntegration", "createChatCompletion",
        // What needs a service of the vendor is always refused.
        "syncNotionIntegration", "initiateRecall", "initiateTeams",
        .. Vendors.SelectMany(vendor => new[] { $"setup{vendor}Integration", $"initiate{vendor}" }), "initiateWhatsapp",
    ];

    private static readonly TimeSpan TimeLimit = Form.Pick(TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(25));

    private readonly int _seed = Form.Seed ?? Random.Shared.Next();
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentDictionary<string, int> _good = [];
    private int _next = -1;
    private int _done;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyRequest_OfAnyOperation_IsAnsweredAsDescribed()
    {
        var count = Form.Pick(2_000, 24_000);
        await using var server = await FuzzServer.StartAsync(Token);
        var description = await server.DescriptionAsync();
        var foreign = await server.ForeignRowsAsync();
        Assert.Contains(FuzzServer.Canary, foreign);

        var watch = Stopwatch.StartNew();
        await StormAsync(server, description, Asked(description), count, watch);
        // A storm has only some requests for each operation. An operation that accepted none of them gets more.
        for (var round = 0; round < MoreRounds && NotLetIn(description) is { Count: > 0 } more; round++)
            await StormAsync(server, description, more, more.Count * RequestsPerWorld, watch);

        Form.Report($"seed {_seed}: {_done} requests of {description.Operations.Count} operations in {watch.Elapsed.TotalSeconds:0} s, "
            + $"{_good.Values.Sum()} of them answered with success; without any: {string.Join(", ", NotLetIn(description).Select(operation => operation.Id))}");
        var errors = server.Errors.Where(line => !line.Contains("/synthesize", StringComparison.Ordinal)).Take(MaxFaults).ToList();
        Assert.True(_faults.IsEmpty && errors.Count == 0, $"CHATBOTKIT_SEED={_seed}\n{string.Join("\n\n", [.. _faults, .. errors])}");
        Assert.Equal("200", await server.HealthAsync());
        Assert.Equal("ok", await server.IntegrityAsync(Token));
        Assert.Equal(foreign, await server.ForeignRowsAsync());
        // A storm without accepted requests proves nothing. One that ended early on a slow machine may not have reached every
        // operation.
        if (watch.Elapsed < TimeLimit)
            Assert.Empty(NotLetIn(description).Select(operation => operation.Id));
    }

    /// <summary>Returns the operations of this server: on PostgreSQL, whose tools make the backups, without that of backups.</summary>
    private static List<DescribedOperation> Asked(ApiDescription description) =>
        [.. description.Operations.Where(operation => !TestStore.IsPostgres || operation.Id != "backupServer")];

    /// <summary>Returns the operations that have not succeeded, although they could.</summary>
    private List<DescribedOperation> NotLetIn(ApiDescription description) =>
        [.. Asked(description).Where(operation => !NeverLetIn.Contains(operation.Id) && !_good.ContainsKey(operation.Id))];

    private Task StormAsync(
        FuzzServer server, ApiDescription description, IReadOnlyList<DescribedOperation> operations, int count, Stopwatch watch)
    {
        var end = _next + 1 + count;
        return Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(server, description, operations, end, watch)));
    }

    private async Task WorkAsync(
        FuzzServer server, ApiDescription description, IReadOnlyList<DescribedOperation> operations, int end, Stopwatch watch)
    {
        var oracle = new Oracle(description);
        using var client = new FuzzClient(server.Address);
        Accounts? accounts = null;
        for (var left = 0; watch.Elapsed < TimeLimit && _faults.Count < MaxFaults; left--)
        {
            var number = Interlocked.Increment(ref _next);
            if (number >= end)
                return;
            if (left <= 0 || accounts is null)
            {
                accounts = await server.NewAccountsAsync();
                left = RequestsPerWorld;
            }

            var operation = operations[number % operations.Count];
            var request = new RequestGen(description, operation, accounts).Generate(new PCG((uint)number, (ulong)_seed), null, out _);
            var answer = await client.SendAsync(request, Token);
            Judge(oracle, request, answer, number, server.Address);
            // The target of the id may have been deleted.
            if (answer.Status == 200 && (operation.Id.StartsWith("delete", StringComparison.Ordinal) || operation.Id.StartsWith("revoke", StringComparison.Ordinal)))
                accounts = null;
        }
    }

    private void Judge(Oracle oracle, FuzzRequest request, Answer answer, int number, Uri server)
    {
        Interlocked.Increment(ref _done);
        if (oracle.FaultOf(request, answer) is { } fault)
            _faults.Enqueue($"Request {number}, {request.Operation.Id}: {(fault.Length > 2000 ? fault[..2000] : fault)}\n{request.ToCurl(server)}");
        else if (answer.Status == 200 && request.Verb == request.Operation.Verb)
            _good.AddOrUpdate(request.Operation.Id, 1, (_, times) => times + 1);
    }
}
