using ChatBotKit.Server.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ChatBotKit.Server.Hosting;

internal static class Telemetry
{
    /// <summary>Exports traces and metrics if the standard variables name a collector. Otherwise none of it is loaded.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!TelemetryOptions.IsExported(builder.Configuration))
            return;
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(TelemetryOptions.SourceName).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter(TelemetryOptions.SourceName).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }
}
