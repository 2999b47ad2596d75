using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Runs;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Magic;

internal static partial class MagicEndpoints
{
    /// <summary>The largest value of a prompt, in bytes.</summary>
    private const int MaxValueBytes = 4_096;

    public static void MapMagic(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/magic/list", List).WithName("listMagicPrompts").WithSummary("Lists the prompts that write or change texts");
        group.MapPost("/magic/{promptId}/generate", GenerateAsync).WithName("generateMagicFromPrompt").OpensStream()
            .WithSummary("Writes or changes a text with a prompt")
            .AnswersRun<ConversationCompleteResponse>();
    });

    private static ListResult<MagicPromptItem> List(ListQuery query, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return FixedList.Of(query, MagicPrompts.All, static prompt => prompt.Id, prompt => ItemOf(prompt, now), item => item.Id);
    }

    private static async Task<RunStreamResult> GenerateAsync(
        string promptId, JsonBody<MagicGenerateRequest> body, Caller caller, HttpContext context, EngineServices engine, StatelessRuns runs,
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
        var model = engine.Models.Resolve(request.Model);
        if (!model.Provider.FollowsInstructions)
            throw new ApiException(ErrorCode.UnprocessableEntity, "The built-in model only quotes texts. A prompt needs a language model: name one in \"model\".");
        var input = new RunInput
        {
            Kind = RunKinds.Complete,
            AccountId = caller.AccountId,
            ScopeId = caller.ScopeId,
            TimeZone = RequestTimeZone.From(context),
        };
        var persona = new Persona(Backstory: instruction);
        (await engine.FindRefusalAsync(caller.AccountId, botId: null, persona)).ThrowIfRefused();
        var run = new StatelessRequest(input, persona, model, [new TranscriptMessage(TranscriptMessage.User, request.Text.Trim(), null)], []);
        return new RunStreamResult(runs.StartFor(run, context, lifetime), format, runId: null);
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
