using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Magic;

internal static partial class MagicEndpoints
{
    /// <summary>The largest value of a prompt, in bytes.</summary>
    private const int MaxValueBytes = 4_096;

    public static void MapMagic(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/magic/list", List).WithName("listMagicPrompts").WithSummary("Lists the prompts that write or change texts");
        group.MapPost("/magic/{promptId}/generate", Generate).WithName("generateMagicFromPrompt").OpensStream()
            .WithSummary("Writes or changes a text with a prompt")
            .AnswersRun<ConversationCompleteResponse>();
    });

    private static ListResult<MagicPromptItem> List(ListQuery query, TimeProvider time) => new(
        query,
        (page, _) => Task.FromResult(page.Cursor is null
            ? new ListPiece<MagicPromptItem>([.. MagicPrompts.All.Take(page.Take).Select(prompt => ItemOf(prompt, time.GetUtcNow()))], MayGoOn: false)
            : ListPiece.Nothing<MagicPromptItem>()),
        prompt => prompt.Id);

    private static RunStreamResult Generate(
        string promptId, JsonBody<MagicGenerateRequest> body, Caller caller, HttpContext context, ModelRegistry models, StatelessRuns runs,
        IHostApplicationLifetime lifetime)
    {
        var format = StreamFormats.Of(context.Request);
        var prompt = MagicPrompts.Find(promptId) ?? throw ApiException.NotFound("Prompt");
        var (faults, request) = (new Faults(), body.Value);
        if (string.IsNullOrWhiteSpace(request.Text))
            faults.Add("\"text\" is not allowed to be empty");
        faults.CheckText(request.Text);
        var instruction = InstructionOf(prompt, request.Props ?? [], faults);
        faults.ThrowIfAny();
        var model = models.Resolve(request.Model);
        if (!model.Provider.FollowsInstructions)
            throw new ApiException(ErrorCode.UnprocessableEntity, "The built-in model only quotes texts. A prompt needs a language model: name one in \"model\".");
        var input = new RunInput
        {
            Kind = RunKinds.Complete,
            AccountId = caller.AccountId,
            ScopeId = caller.ScopeId,
            TimeZone = RequestTimeZone.From(context),
        };
        var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(ending);
        var run = new StatelessRequest(
            input, new Persona(Backstory: instruction), model, [new TranscriptMessage(TranscriptMessage.User, request.Text.Trim(), null)], []);
        return new RunStreamResult(runs.Start(run, RunStreamResult.Heartbeat, ending.Token), format, runId: null);
    }

    /// <summary>Returns the instruction with the values of the request.</summary>
    private static string InstructionOf(MagicPrompt prompt, JsonObject props, Faults faults) =>
        Variable().Replace(prompt.Instruction, variable =>
        {
            var name = variable.Groups[1].Value;
            if (props[name] is not { } value)
                return variable.Groups[2].Value;
            var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
            faults.CheckText(text, $"props.{name}", MaxValueBytes);
            return text;
        });

    private static MagicPromptItem ItemOf(MagicPrompt prompt, DateTimeOffset now) => new()
    {
        Id = prompt.Id,
        Alias = prompt.Id,
        Name = prompt.Name,
        Description = prompt.Description,
        CreatedAt = now,
        UpdatedAt = now,
    };

    [GeneratedRegex(@"\{\{(\w+)\|([^}]*)\}\}")]
    private static partial Regex Variable();
}
