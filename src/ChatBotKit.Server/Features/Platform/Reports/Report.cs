using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Platform.Reports;

/// <summary>A report that can be generated.</summary>
/// <param name="Id">The id, which is the same on every server.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">What the report shows.</param>
/// <param name="Make">Generates the report.</param>
internal sealed record Report(string Id, string Name, string Description, Func<ReportRun, ValueTask<JsonObject>> Make);
