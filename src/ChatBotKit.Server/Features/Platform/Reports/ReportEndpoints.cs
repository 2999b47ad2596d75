using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Platform.Reports;

/// <summary>Lists and generates reports on the caller's account.</summary>
internal static class ReportEndpoints
{
    /// <summary>The time at which this set of reports was defined.</summary>
    private static readonly DateTimeOffset Defined = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<Report> Reports = [.. CountReports.All, .. BotReports.All, .. AlertReports.All, .. OverviewReports.All];

    public static void MapReports(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/platform/report/list", List).WithName("listPlatformReports").WithSummary("Lists the reports that can be generated");
        group.MapPost("/platform/report/{reportId}/generate", GenerateAsync).WithName("generatePlatformReport").WithSummary("Generates a report");
        group.MapPost("/platform/report/generate", GenerateAllAsync).WithName("generatePlatformReports")
            .WithSummary("Generates several reports, each with its own parameters");
    });

    private static ListResult<PlatformReportItem> List(ListQuery query)
    {
        IReadOnlyList<PlatformReportItem> items = [.. Reports.Select(static report => new PlatformReportItem
        {
            Id = report.Id,
            Name = report.Name,
            Description = report.Description,
            CreatedAt = Defined,
            UpdatedAt = Defined,
        })];
        // All reports are on one page, so a request with a cursor gets an empty page.
        return new(
            query, (page, _) => Task.FromResult(page.Cursor is null ? new ListPiece<PlatformReportItem>(items, MayGoOn: false) : ListPiece.Nothing<PlatformReportItem>()),
            static item => item.Id);
    }

    private static async Task<JsonAnswer<JsonObject>> GenerateAsync(
        string reportId, JsonBody<JsonObject> body, Caller caller, IStore store, TimeProvider time, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await MakeAsync(reportId, body.Value, caller, store, time, cancellationToken));

    /// <summary>Generates the reports one after another, so that a request with all of them uses one connection of the database.</summary>
    private static async Task<JsonAnswer<Dictionary<string, JsonObject>>> GenerateAllAsync(
        JsonBody<Dictionary<string, JsonObject>> body, Caller caller, IStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (body.Value.Count > Reports.Count)
            throw ApiException.BadRequest($"A request can have at most {Reports.Count} reports");
        var answers = new Dictionary<string, JsonObject>();
        foreach (var (id, input) in body.Value)
        {
            try
            {
                answers[id] = await MakeAsync(id, input, caller, store, time, cancellationToken);
            }
            catch (ApiException exception)
            {
                answers[id] = new JsonObject { ["error"] = exception.Message };
            }
        }

        return JsonAnswer.Of(answers);
    }

    private static async Task<JsonObject> MakeAsync(
        string id, JsonObject? input, Caller caller, IStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = Reports.FirstOrDefault(one => one.Id == id) ?? throw ApiException.NotFound("Report");
        var parameters = new ReportInput(input ?? []);
        return await store.QueryAsync(db => report.Make(new ReportRun(db, caller.AccountId, parameters, time.GetUtcNow())), cancellationToken);
    }
}
