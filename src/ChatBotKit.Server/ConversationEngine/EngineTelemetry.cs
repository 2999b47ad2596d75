using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Traces and metrics of model calls, named after OpenTelemetry's conventions for generative AI.</summary>
internal static class EngineTelemetry
{
    private static readonly ActivitySource Source = new(TelemetryOptions.SourceName);
    private static readonly Meter Meter = new(TelemetryOptions.SourceName);

    public static readonly Histogram<long> Tokens = Meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}");
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s");
    public static readonly Histogram<double> FirstToken = Meter.CreateHistogram<double>("gen_ai.server.time_to_first_token", "s");

    public static ModelCallTelemetry StartModelCall(string provider, string model)
    {
        var activity = Source.HasListeners() ? Source.StartActivity($"chat {model}", ActivityKind.Client) : null;
        activity?.SetTag("gen_ai.operation.name", "chat");
        activity?.SetTag("gen_ai.provider.name", provider);
        activity?.SetTag("gen_ai.request.model", model);
        return new ModelCallTelemetry(activity, provider, model);
    }
}

/// <summary>Measures one model call from its creation to its disposal.</summary>
internal sealed class ModelCallTelemetry(Activity? activity, string provider, string model) : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private bool _spoke;
    private string? _error;

    public void FirstToken()
    {
        if (_spoke)
            return;
        _spoke = true;
        EngineTelemetry.FirstToken.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, Tags());
    }

    public void Failed(Exception exception)
    {
        _error = exception is ModelProviderException failure ? failure.Failure.ToString() : exception.GetType().Name;
        activity?.SetStatus(ActivityStatusCode.Error, _error);
        activity?.SetTag("error.type", _error);
    }

    public void Used(ModelUsage usage)
    {
        activity?.SetTag("gen_ai.usage.input_tokens", usage.InputTokens);
        activity?.SetTag("gen_ai.usage.output_tokens", usage.OutputTokens);
        var tags = Tags();
        tags.Add("gen_ai.token.type", "input");
        EngineTelemetry.Tokens.Record(usage.InputTokens, tags);
        tags = Tags();
        tags.Add("gen_ai.token.type", "output");
        EngineTelemetry.Tokens.Record(usage.OutputTokens, tags);
    }

    public void Dispose()
    {
        var tags = Tags();
        if (_error is not null)
            tags.Add("error.type", _error);
        EngineTelemetry.Duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, tags);
        activity?.Dispose();
    }

    private TagList Tags() => new()
    {
        { "gen_ai.operation.name", "chat" },
        { "gen_ai.provider.name", provider },
        { "gen_ai.request.model", model },
    };
}
