using ChatBotKit.Server.ConversationEngine;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ChatBotKit.Server.Hosting;

internal static class Telemetry
{
    /// <summary>Whether a collector is named.</summary>
    public static bool IsExported(IConfiguration configuration) => !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>Exports traces and metrics when the standard variables name a collector; else nothing of it is loaded.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!IsExported(builder.Configuration))
            return;
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(EngineTelemetry.SourceName).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter(EngineTelemetry.SourceName).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }
}
